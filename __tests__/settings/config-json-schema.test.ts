import { readFile } from 'node:fs/promises';
import { describe, expect, it } from '@jest/globals';
import { rules } from '../../src/policy/rules/index.ts';
import { configJsonSchema } from '../../src/settings/config-json-schema.ts';

const committed = new URL('../../schema/stagegate.schema.json', import.meta.url);

describe('schema/stagegate.schema.json', () => {
  it('is what the settings generate (npm run docs writes it)', async () => {
    expect(JSON.parse(await readFile(committed, 'utf8'))).toEqual(configJsonSchema());
  });

  it('is of the draft that editors know and refuses unknown keys', () => {
    expect(configJsonSchema()).toMatchObject({
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      type: 'object',
      additionalProperties: false,
    });
  });

  it('offers every rule by name, with its summary', () => {
    const known = Object.fromEntries(
      rules.map(({ id, summary }) => [id, expect.objectContaining({ description: summary })]),
    );
    expect(configJsonSchema()).toMatchObject({
      properties: { policy: { properties: { rules: { properties: known } } } },
    });
  });
});
