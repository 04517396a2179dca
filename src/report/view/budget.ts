import type { Check } from '../../policy/finding.ts';

/** A check with a limit, ready to be drawn as a bar. */
export type Budget = {
  readonly rule: string;
  readonly statement: string;
  /** Part of the limit that is used, 1 = all of it; null where it could not be judged. */
  readonly share: number | null;
  readonly state: 'within' | 'near' | 'over' | 'waived' | 'unknown';
};

const nearShare = 0.9;

/** What a reviewer asks for first stands first; budgets of rules not named here follow in their order. */
const order = ['max-size', 'max-download-size', 'max-growth', 'max-layers'];

/** The budgets among the checks, the size first. */
export function readBudgets(checks: readonly Check[]): Budget[] {
  const rank = ({ rule }: Check): number => (order.includes(rule) ? order.indexOf(rule) : order.length);
  const ranked = [...checks].sort((one, other) => rank(one) - rank(other));
  return ranked.flatMap((check) => {
    if (check.measure === undefined) return [];
    const share = shareOf(check.measure);
    return [{ rule: check.rule, statement: check.statement, share, state: stateOf(check, share) }];
  });
}

/** `97 %`; never `100 %` for something that is over, never for something that is not full. Beyond ten times it says no more. */
export function formatShare(share: number): string {
  if (share > 9.99) return '> 999 %';
  const percent = share > 1 ? Math.ceil(share * 100) : Math.floor(share * 100 + 1e-9);
  return `${percent} %`;
}

/** A bar of `cells` cells: filled within the limit, over it, and empty; over the limit the bar ends at the actual value. */
export function layOutBar(share: number, cells: number): { filled: number; over: number; empty: number } {
  if (share > 1) {
    const filled = Math.max(1, Math.min(cells - 1, Math.floor(cells / share)));
    return { filled, over: cells - filled, empty: 0 };
  }
  const filled = share <= 0 ? 0 : Math.max(1, Math.floor(share * cells + 1e-9));
  return { filled, over: 0, empty: cells - filled };
}

function shareOf({ actual, limit }: NonNullable<Check['measure']>): number | null {
  if (actual === null) return null;
  if (actual <= 0) return 0;
  // A limit of 0 has no scale; any excess is drawn as twice the limit.
  return limit <= 0 ? 2 : actual / limit;
}

function stateOf(check: Check, share: number | null): Budget['state'] {
  if (check.status === 'not-judged' || share === null) return 'unknown';
  if (check.status === 'waived') return 'waived';
  if (check.status === 'failed') return 'over';
  return share > nearShare ? 'near' : 'within';
}
