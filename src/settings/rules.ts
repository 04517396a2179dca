import type { z } from 'zod';
import type { RuleSeverity } from '../policy/define-rule.ts';
import { UserError } from '../user-error.ts';
import { type PresetName, presets } from './presets.ts';
import { quote } from './quote.ts';
import type { RuleSetting } from './settings.ts';

/** What settings know of a rule. */
export type RuleDescription = {
  readonly id: string;
  readonly summary: string;
  readonly severity: RuleSeverity;
  readonly options: z.ZodType;
};

/** One rule as `policy.rules` has it; `where` is its place in the file, for messages. */
export type RuleOverride = { readonly severity: RuleSeverity; readonly options?: unknown; readonly where: string };

/** A budget by rule id; `where` is the flag or the place in the file. */
export type BudgetLimit = { readonly limit: unknown; readonly where: string; readonly isFlag: boolean };

export type RuleChoices = {
  readonly preset: PresetName;
  readonly overrides: ReadonlyMap<string, RuleOverride>;
  readonly budgets: ReadonlyMap<string, BudgetLimit>;
};

/** Every rule with its severity and options: preset, then `policy.rules`, then budgets of the image, then those of flags. */
export function ruleSettings(
  rules: readonly RuleDescription[],
  choices: RuleChoices,
): ReadonlyMap<string, RuleSetting> {
  return new Map(rules.map((rule) => [rule.id, ruleSetting(rule, choices)]));
}

function ruleSetting(rule: RuleDescription, { preset, overrides, budgets }: RuleChoices): RuleSetting {
  const override = overrides.get(rule.id);
  const budget = budgets.get(rule.id);
  const chosen = presets[preset](rule);
  if (budget !== undefined) return budgetSetting(rule, override, budget);
  if (override === undefined) return settingIfComplete(rule, chosen.severity, chosen.options);
  if (override.severity === 'off') return off;
  const options = override.options ?? chosen.options;
  if (isBudget(rule.id) && options === undefined) return off;
  return { severity: override.severity, options: validOptions(rule, options, override.where) };
}

/** A limit switches its rule on; only a flag is stronger than an `off` that someone wrote. */
function budgetSetting(rule: RuleDescription, override: RuleOverride | undefined, budget: BudgetLimit): RuleSetting {
  if (override?.severity === 'off' && !budget.isFlag) return off;
  const written = override?.severity ?? rule.severity;
  return {
    severity: written === 'off' ? 'error' : written,
    options: validOptions(rule, { limit: budget.limit }, budget.where),
  };
}

/** A rule that cannot run without an option is off until someone sets it. */
function settingIfComplete(rule: RuleDescription, severity: RuleSeverity, options: unknown): RuleSetting {
  if (severity === 'off') return off;
  const parsed = rule.options.safeParse(options ?? {});
  return parsed.success ? { severity, options: parsed.data } : off;
}

function validOptions(rule: RuleDescription, options: unknown, where: string): unknown {
  const parsed = rule.options.safeParse(options ?? {});
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const key = issue === undefined || issue.path.length === 0 ? '' : ` ${quote(issue.path.join('.'))}:`;
  const why = options === undefined ? 'needs options' : `does not take these options:${key} ${issue?.message ?? ''}`;
  throw new UserError(`${where}: the rule ${quote(rule.id)} ${why}.`, {
    hint: `\`stagegate explain ${rule.id}\` shows its options; in stagegate.yml they follow the severity: [error, { … }].`,
  });
}

const off: RuleSetting = { severity: 'off', options: {} };

/** The rules that `budget:` and the flags of the same name set. */
export const budgetRules = ['max-size', 'max-download-size', 'max-growth', 'max-layers'] as const;

export type BudgetRule = (typeof budgetRules)[number];

export function isBudget(id: string): id is BudgetRule {
  return budgetRules.some((budget) => budget === id);
}
