import { escapeTerminal } from '../../escape.ts';
import type { Check } from '../../policy/finding.ts';
import { type Budget, formatShare, layOutBar, readBudgets } from '../view/budget.ts';
import { alignColumns, type Cell } from './columns.ts';
import type { Paint, Style } from './paint.ts';
import type { Screen } from './screen.ts';

const stateStyle: Readonly<Record<Budget['state'], Style>> = {
  within: 'pass',
  near: 'near',
  over: 'fail',
  waived: 'dim',
  unknown: 'error',
};

const stateWord: Readonly<Record<Budget['state'], string>> = {
  within: 'within',
  near: 'within',
  over: 'OVER',
  waived: 'waived',
  unknown: 'not judged',
};

const columns = [{ title: '' }, { title: '' }, { title: '', align: 'right' }, { title: '' }, { title: '' }] as const;

/** One line per budget: name, bar, how much of it is used, the numbers. */
export function budgetLines(checks: readonly Check[], screen: Screen): string[] {
  const cells = screen.width < 90 ? 16 : screen.width < 110 ? 24 : 32;
  const rows = readBudgets(checks).map((budget) => {
    const style = stateStyle[budget.state];
    const share = budget.share === null ? '–' : formatShare(budget.share);
    return [
      { text: escapeTerminal(budget.rule), style: 'bold' },
      barCell(budget.share ?? 0, { cells, style, paint: screen.paint }),
      { text: share, style },
      { text: stateWord[budget.state], style },
      { text: escapeTerminal(budget.statement) },
    ] satisfies Cell[];
  });
  return alignColumns(columns, rows, screen);
}

type Bar = { readonly cells: number; readonly style: Style; readonly paint: Paint };

function barCell(share: number, { cells, style, paint }: Bar): Cell {
  const { filled, over, empty } = layOutBar(share, cells);
  const [inside, beyond, free] = ['█'.repeat(filled), '▒'.repeat(over), '░'.repeat(empty)];
  return { text: inside + beyond + free, painter: () => paint(style, inside + beyond) + paint('dim', free) };
}
