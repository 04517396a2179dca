import type { RuleSeverity } from '../../policy/define-rule.ts';
import type { RuleInput } from '../check-flags.ts';
import { booleanOf, type InputReader } from './input-reader.ts';

/** The rules that inputs of their name set, by rule id. */
export function readRuleInputs(inputs: InputReader): ReadonlyMap<string, RuleInput> {
  const given = new Map<string, RuleInput>();
  const final = inputs.list('base-image', 'lines');
  if (final.length > 0) given.set('base-image', { options: { final }, where: 'base-image' });
  for (const rule of ['distroless', 'nonroot'] as const) {
    const severity = readSeverity(rule, inputs);
    if (severity !== undefined) given.set(rule, { severity, where: rule });
  }
  return given;
}

/** `true` is short for `error`, `false` for `off`. */
function readSeverity(rule: 'distroless' | 'nonroot', { text, word }: InputReader): RuleSeverity | undefined {
  const isOn = booleanOf(text(rule) ?? '');
  if (isOn !== undefined) return isOn ? 'error' : 'off';
  return word(rule, ['error', 'warning', 'off']);
}
