import { z } from 'zod';
import type { AnyRule } from '../policy/define-rule.ts';
import { rulePage } from '../policy/rule-page.ts';
import { findRule, rules } from '../policy/rules/index.ts';
import { renderRules } from '../report/rules-table.ts';
import { nearest } from '../settings/nearest.ts';
import { UserError } from '../user-error.ts';
import { screen } from './terminal.ts';

export type RulesFormat = 'text' | 'json' | 'markdown';

/** `stagegate rules`: every rule with its default severity and options. */
export function listRules(format: RulesFormat): void {
  process.stdout.write(listings[format]());
}

const listings: Readonly<Record<RulesFormat, () => string>> = {
  text: () => renderRules(rules.map(summarise), screen(process.stdout)),
  json: () =>
    `${JSON.stringify(
      rules.map((rule) => ({ ...summarise(rule), options: optionSchema(rule) })),
      null,
      2,
    )}\n`,
  markdown: () =>
    [
      '| rule | default | what it holds |',
      '|---|---|---|',
      ...rules.map(({ id, severity, summary }) => `| \`${id}\` | ${severity} | ${summary} |`),
      '',
    ].join('\n'),
};

function summarise(rule: AnyRule) {
  const { id, severity, summary } = rule;
  return { id, severity, summary, options: Object.keys(rule.options.shape).join(', ') };
}

function optionSchema({ options }: AnyRule): unknown {
  return z.toJSONSchema(options, { io: 'input' });
}

/** `stagegate explain RULE`: the rule's page, the same text as docs/rules. */
export function explainRule(id: string): void {
  const rule = findRule(id);
  if (rule === undefined) {
    const names = rules.map((each) => each.id);
    const close = nearest(id, names);
    throw new UserError(`There is no rule named ${JSON.stringify(id)}.`, {
      hint: close === undefined ? `The rules are: ${names.join(', ')}.` : `Did you mean ${close}?`,
    });
  }
  process.stdout.write(rulePage(rule));
}
