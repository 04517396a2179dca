import { escapeMarkdownCode } from '../../escape.ts';
import type { Check } from '../../policy/finding.ts';
import { type Budget, formatShare, layOutBar, readBudgets } from '../view/budget.ts';
import { inline } from './inline.ts';

const cells = 24;
const stateWord: Readonly<Record<Budget['state'], string>> = {
  within: '✅ within',
  near: '✅ within',
  over: '❌ over',
  waived: '☑️ over, waived:',
  unknown: '❔ not judged:',
};

/** One line per budget: the bar, how much of it is used, and the numbers. Empty without budgets. */
export function budgetBars(checks: readonly Check[]): string {
  return readBudgets(checks).map(budgetLine).join('<br>\n');
}

function budgetLine(budget: Budget): string {
  const share = budget.share === null ? '' : ` **${formatShare(budget.share)}**`;
  const state = `${stateWord[budget.state]} ${escapeMarkdownCode(budget.rule)}`;
  return `\`${drawBar(budget.share)}\`${share} · ${state} · ${inline(budget.statement)}`;
}

function drawBar(share: number | null): string {
  const { filled, over, empty } = layOutBar(share ?? 0, cells);
  return '█'.repeat(filled) + '▒'.repeat(over) + '░'.repeat(empty);
}
