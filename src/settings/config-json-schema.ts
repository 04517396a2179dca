import { z } from 'zod';
import { rules as allRules } from '../policy/rules/index.ts';
import { configSchema } from './config-schema.ts';
import type { RuleDescription } from './rules.ts';

/** JSON Schema (draft 2020-12) of `stagegate.yml` as people write it; committed as schema/stagegate.schema.json. */
export function configJsonSchema(rules: readonly RuleDescription[] = allRules): Record<string, unknown> {
  const { $schema, ...rest } = z.toJSONSchema(configSchema(rules), { target: 'draft-2020-12', io: 'input' });
  return { $schema, title: 'stagegate.yml', ...rest };
}
