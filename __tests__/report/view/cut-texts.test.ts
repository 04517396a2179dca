import { describe, expect, it } from '@jest/globals';
import { cutText, cutTexts } from '../../../src/report/view/cut-texts.ts';
import { createFinding, createImageReport, createReport } from '../../support/report.ts';
import { createScenarios } from '../../support/report-scenarios.ts';

describe('cutText', () => {
  it.each([
    ['abc', 3, 'abc'],
    ['abcd', 3, 'ab…'],
    ['a👩b', 3, 'a…'],
  ])('of %j to %d gives %j', (text, length, expected) => {
    expect(cutText(text, length)).toBe(expected);
  });
});

describe('cutTexts', () => {
  it('cuts texts wherever they stand, and nothing else', () => {
    const report = createReport({
      images: [createImageReport({ findings: [createFinding({ message: 'x'.repeat(99) })] })],
    });
    expect(cutTexts(report, 90).images[0]?.findings[0]?.message).toBe(`${'x'.repeat(89)}…`);
    expect(cutTexts(report, 99)).toEqual(report);
  });

  it.each(Object.entries(createScenarios()))('leaves a report that the schema takes: %s', (_, report) => {
    expect(cutTexts(report, 40).verdict).toBe(report.verdict);
  });
});
