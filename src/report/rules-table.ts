import { escapeTerminal } from '../escape.ts';
import { alignColumns } from './text/columns.ts';
import { createPaint } from './text/paint.ts';

/** A rule as `stagegate rules` lists it; `options` is one short phrase, empty where there are none. */
export type RuleSummary = {
  readonly id: string;
  readonly severity: 'error' | 'warning' | 'off';
  readonly summary: string;
  readonly options: string;
};

const columns = [{ title: 'RULE' }, { title: 'DEFAULT' }, { title: 'OPTIONS' }, { title: 'WHAT IT HOLDS' }] as const;
const severityStyle = { error: 'fail', warning: 'near', off: 'dim' } as const;

/** The rules as a table for a terminal, in the given order. Ends in a newline. */
export function renderRules(
  rules: readonly RuleSummary[],
  { color, width }: { readonly color: boolean; readonly width: number },
): string {
  const rows = rules.map(({ id, severity, summary, options }) => [
    { text: escapeTerminal(id), style: 'bold' as const },
    { text: severity, style: severityStyle[severity] },
    { text: escapeTerminal(options), style: 'dim' as const },
    { text: escapeTerminal(summary) },
  ]);
  return `${alignColumns(columns, rows, { paint: createPaint(color), width, indent: '' }).join('\n')}\n`;
}
