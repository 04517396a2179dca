import { expect, it } from '@jest/globals';
import { redactValues } from '../../src/build/redact.ts';
import { redactReport } from '../../src/report/redact-report.ts';
import { reportSchema } from '../../src/report/report.ts';
import { createScenarios } from '../support/report-scenarios.ts';

it.each(Object.entries(createScenarios()))('keeps our own words, whatever a secret is called: %s', (_, report) => {
  const words = ['fail', 'pass', 'none', 'error', 'warning', 'base', 'deleted', 'failed', 'linux', 'sha256'];
  const redacted = redactReport(report, redactValues(words));
  expect(redacted.verdict).toBe(report.verdict);
  expect(reportSchema.safeParse(redacted).error).toBeUndefined();
});

it('takes a secret out of all free text', () => {
  const [report] = Object.values(createScenarios());
  if (report === undefined) throw new Error('no scenario');
  const image = report.images[0];
  const told = { ...report, images: image === undefined ? [] : [{ ...image, notes: ['it is hunter2'] }] };
  expect(redactReport(told, redactValues(['hunter2'])).images[0]?.notes).toEqual(['it is ***']);
});
