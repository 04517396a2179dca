import type { WaiverReport } from '../report/report.ts';
import type { AnyRule, RawFinding, RuleResult, RuleSetting, Subjects } from './define-rule.ts';
import type { Check, Finding } from './finding.ts';
import { isNewFinding } from './newness.ts';
import { rules as allRules } from './rules/index.ts';
import { isWaived, reportWaivers, type Waiver, waive } from './waiver.ts';

/** Everything that one judgement rests on. A rule without a setting has its default severity and no options. */
export type Case = {
  readonly subjects: Partial<Subjects>;
  readonly settings: ReadonlyMap<string, RuleSetting>;
  readonly waivers: readonly Waiver[];
  readonly now: Date;
  /** Findings of the baseline; without them it is unknown what is new. */
  readonly baselineFindings?: readonly Finding[] | undefined;
  readonly rules?: readonly AnyRule[];
};

/** In the order of the rules; `waivers` has one report for each waiver, for `mergeWaiverReports` to sum up. */
export type Judgement = {
  readonly checks: readonly Check[];
  readonly findings: readonly Finding[];
  readonly waivers: readonly WaiverReport[];
};

/** Runs every rule that is on and whose subject is there. */
export function judge(given: Case): Judgement {
  const judged = (given.rules ?? allRules).flatMap((rule) => judgeRule(rule, given));
  const findings = judged.flatMap((each) => each.findings);
  return {
    checks: judged.map(({ check }) => check),
    findings,
    waivers: reportWaivers(given.waivers, findings, given.now),
  };
}

type JudgedRule = { readonly check: Check; readonly findings: readonly Finding[] };

function judgeRule(rule: AnyRule, given: Case): JudgedRule[] {
  const { severity, options } = given.settings.get(rule.id) ?? { severity: rule.severity, options: {} };
  if (severity === 'off') return [];
  const result = rule.run(given.subjects, options);
  if (result === undefined) return [];
  const findings = result.findings.map((raw) => completeFinding(raw, { rule: rule.id, severity }, given));
  return [{ check: { rule: rule.id, severity, ...conclude(result, findings) }, findings }];
}

function completeFinding(raw: RawFinding, head: Pick<Finding, 'rule' | 'severity'>, given: Case): Finding {
  const { baselineFindings, waivers, now } = given;
  const finding = { ...head, ...raw };
  const isNew = baselineFindings === undefined ? null : isNewFinding(finding, baselineFindings);
  return waive({ ...finding, isNew }, waivers, now);
}

function conclude(result: RuleResult, findings: readonly Finding[]): Omit<Check, 'rule' | 'severity'> {
  const { statement, measure, cannotJudge } = result;
  return {
    status: statusOf(result, findings),
    statement,
    ...(measure === undefined ? {} : { measure }),
    ...(cannotJudge === undefined ? {} : { hint: cannotJudge.hint }),
  };
}

/** A fault that was found stays one, even where not everything could be judged. */
function statusOf({ cannotJudge }: RuleResult, findings: readonly Finding[]): Check['status'] {
  if (findings.some((finding) => !isWaived(finding))) return 'failed';
  if (cannotJudge !== undefined) return 'not-judged';
  return findings.length > 0 ? 'waived' : 'passed';
}
