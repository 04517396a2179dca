import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { renderJson } from '../../src/report/render-json.ts';
import { reportSchema } from '../../src/report/report.ts';
import { reportJsonSchema } from '../../src/report/report-json-schema.ts';
import { createReport } from '../support/report.ts';
import { createScenarios } from '../support/report-scenarios.ts';

const committed = readFileSync(new URL('../../schema/report.schema.json', import.meta.url), 'utf8');

describe('renderJson', () => {
  it.each(Object.entries(createScenarios()))(
    'writes what the published schema takes and reads back: %s',
    (_, report) => {
      const json: unknown = JSON.parse(renderJson(report));
      expect(z.fromJSONSchema(JSON.parse(committed)).safeParse(json).error).toBeUndefined();
      expect(reportSchema.parse(json)).toEqual(report);
    },
  );

  it('writes keys in one order, whatever order they were made in', () => {
    const report = createReport();
    const reversed = Object.fromEntries(Object.entries(report).reverse());
    expect(renderJson(reportSchema.parse(reversed))).toBe(renderJson(report));
  });

  it('uses two spaces and ends in a newline', () => {
    expect(renderJson(createReport())).toMatch(/^\{\n {2}"schemaVersion": 1,\n[\s\S]*\n\}\n$/);
  });
});

describe('the published schema', () => {
  it('is the one that the code would generate', () => {
    expect(committed).toBe(`${JSON.stringify(reportJsonSchema(), null, 2)}\n`);
  });

  it('refuses a report with an unknown verdict', () => {
    const schema = z.fromJSONSchema(JSON.parse(committed));
    expect(schema.safeParse({ ...createReport(), verdict: 'maybe' }).success).toBe(false);
  });

  it('takes a report with a field that a later version added', () => {
    const schema = z.fromJSONSchema(JSON.parse(committed));
    expect(schema.safeParse({ ...createReport(), extra: 1 }).success).toBe(true);
  });
});
