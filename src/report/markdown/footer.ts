import { escapeMarkdown, escapeMarkdownCode } from '../../escape.ts';
import type { Report } from '../report.ts';

/** What made the numbers: builder, store and versions. */
export function footer({ builder, tool, run }: Report): string {
  const parts = [`${tool.name} ${escapeMarkdown(tool.version)}`];
  if (run.commit !== undefined) parts.push(`commit ${escapeMarkdownCode(run.commit.slice(0, 7))}`);
  if (builder !== undefined) parts.push(describeBuilder(builder));
  return `<sub>${parts.join(' · ')}</sub>`;
}

function describeBuilder({ name, driver, store, buildkit, buildx }: NonNullable<Report['builder']>): string {
  const kind = store === undefined ? `${driver} driver` : `${driver} driver, ${store} store`;
  return escapeMarkdown(`builder ${name} (${kind}) · BuildKit ${buildkit} · buildx ${buildx}`);
}
