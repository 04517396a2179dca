import { UserError } from '../user-error.ts';
import type { ConfiguredImage } from './build-inputs.ts';
import type { CheckFlags } from './check-flags.ts';
import { quote } from './quote.ts';
import { type BudgetLimit, type BudgetRule, budgetRules } from './rules.ts';
import { parseGrowth, parseSize, SizeError } from './size.ts';

/** Limits by rule id: flags, else the `budget` of the image. */
export function readBudgets(
  flags: CheckFlags,
  configured: ConfiguredImage | undefined,
): ReadonlyMap<BudgetRule, BudgetLimit> {
  const budgets = new Map<BudgetRule, BudgetLimit>();
  for (const rule of budgetRules) {
    const limit = configured?.image.budget?.[rule];
    if (limit === undefined || configured === undefined) continue;
    const where = configured.file.where(['images', configured.name, 'budget', rule]);
    budgets.set(rule, { limit, where, isFlag: false });
  }
  for (const rule of budgetRules) {
    const written = flags[flagOf[rule]];
    if (written === undefined) continue;
    budgets.set(rule, { limit: readLimit(rule, written), where: `--${rule}`, isFlag: true });
  }
  return budgets;
}

const flagOf = {
  'max-size': 'maxSize',
  'max-download-size': 'maxDownloadSize',
  'max-growth': 'maxGrowth',
  'max-layers': 'maxLayers',
} as const satisfies Record<BudgetRule, keyof CheckFlags>;

const parsers: Readonly<Record<BudgetRule, (written: string) => unknown>> = {
  'max-size': parseSize,
  'max-download-size': parseSize,
  'max-growth': parseGrowth,
  'max-layers': parseCount,
};

function readLimit(rule: BudgetRule, written: string): unknown {
  try {
    return parsers[rule](written);
  } catch (error) {
    if (!(error instanceof SizeError)) throw error;
    throw new UserError(`--${rule}: ${error.message}.`, { cause: error });
  }
}

function parseCount(written: string): number {
  if (/^[0-9]{1,6}$/.test(written)) return Number(written);
  throw new SizeError(`${quote(written)} is not a number of layers; write a whole number such as 12`);
}
