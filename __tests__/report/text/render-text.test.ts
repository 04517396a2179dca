import { describe, expect, it } from '@jest/globals';
import { renderText } from '../../../src/report/text/render-text.ts';
import { createImageReport, createReport } from '../../support/report.ts';

const plain = { color: false, width: 100 };

describe('renderText', () => {
  it.each([
    ['pass', '✔ PASS'],
    ['fail', '✖ FAIL'],
    ['error', '! ERROR'],
  ] as const)('says the verdict %s in a word that needs no colour', (verdict, badge) => {
    const report = createReport({ verdict, images: [createImageReport({ verdict })] });
    expect(renderText(report, plain).startsWith(`${badge}  api  58.1 MB unpacked`)).toBe(true);
  });

  it('says a verdict that asks for something once more at the end', () => {
    const report = createReport({ verdict: 'fail', images: [createImageReport({ verdict: 'fail' })] });
    const lines = renderText(report, plain).trimEnd().split('\n');
    expect(lines.at(-1)).toBe(lines[0]);
  });

  it('paints the verdict', () => {
    expect(renderText(createReport(), { ...plain, color: true })).toContain('\u{1b}[32m✔ PASS\u{1b}[39m');
  });
});
