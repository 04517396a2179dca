import { z } from 'zod';
import { limits } from './budget-schema.ts';
import { must, text } from './must.ts';
import { isBudget, type RuleDescription } from './rules.ts';

/** `policy:` for these rules. */
export function policySchema(rules: readonly RuleDescription[]) {
  return z
    .strictObject(
      {
        extends: z
          .enum(['recommended', 'strict', 'off'], must('recommended, strict or off'))
          .describe('Where severities start from. Default: recommended.')
          .exactOptional(),
        rules: z
          .strictObject(
            Object.fromEntries(rules.map((rule) => [rule.id, ruleSchema(rule).describe(rule.summary).exactOptional()])),
            must('a map of rules, such as { nonroot: error }'),
          )
          .describe('Severities and options by rule.')
          .exactOptional(),
        waivers: z
          .array(waiverSchema(rules), must('a list of waivers'))
          .describe('Findings that a person accepts for a time.')
          .exactOptional(),
      },
      must('a map with the keys extends, rules and waivers'),
    )
    .describe('What is checked and how strictly.');
}

const severity = z.enum(['error', 'warning', 'off'], must('error, warning or off'));

function ruleSchema(rule: RuleDescription) {
  const options = isBudget(rule.id)
    ? z.strictObject({ limit: limits[rule.id] }, must('a map with the key limit'))
    : rule.options;
  return z.union(
    [
      severity.transform((written) => ({ severity: written, options: undefined })),
      z
        .tuple([severity, options], must('[severity, { options }], such as [error, { … }]'))
        .transform(([written, chosen]) => ({ severity: written, options: chosen })),
    ],
    must('error, warning, off or [severity, { options }]'),
  );
}

function waiverSchema(rules: readonly RuleDescription[]) {
  return z
    .strictObject(
      {
        rule: z.enum(
          rules.map(({ id }) => id),
          must('the name of a rule'),
        ),
        path: z
          .string(must('a path in the image, such as /usr/bin/ping'))
          .regex(/^\//, must('a path in the image that begins with /, such as /usr/bin/ping'))
          .describe('Only findings about this path in the image. Default: all of the rule.')
          .exactOptional(),
        reason: text('a text that says why the finding is accepted').describe('Why the finding is accepted.'),
        owner: text('a text that says who answers for it, such as "@net-team"').describe('Who answers for it.'),
        expires: z.iso
          .date(must('a date that exists, as YYYY-MM-DD'))
          .describe('Last day on which the waiver counts, in UTC, as YYYY-MM-DD.'),
      },
      must('a map with the keys rule, reason, owner and expires'),
    )
    .describe('One accepted finding.');
}
