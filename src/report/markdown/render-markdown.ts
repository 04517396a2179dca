import type { Report } from '../report.ts';
import { footer } from './footer.ts';
import type { Links } from './links.ts';
import { type Extent, fullExtent } from './page.ts';
import { reportBlocks } from './report-blocks.ts';

/** `lead`: notices under the headline, plain text; `omit`: how much less than everything is written. */
export type MarkdownOptions = {
  readonly links?: Links;
  readonly lead?: readonly string[];
  readonly omit?: Partial<Extent>;
};

/** The report as the Markdown of a pull-request comment: the answer first, everything else collapsed. */
export function renderMarkdown(report: Report, { links, lead = [], omit = {} }: MarkdownOptions = {}): string {
  const page = { links, startedAt: report.run.startedAt, extent: { ...fullExtent, ...omit } };
  return joinBlocks([...reportBlocks(report, page, lead), footer(report)]);
}

/** Blocks of Markdown as one text: the blank lines between them keep each what it is. */
export function joinBlocks(blocks: readonly string[]): string {
  return `${blocks.join('\n\n')}\n`;
}
