import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { drawMermaid } from '../../../src/report/stages/mermaid.ts';
import { hostileText } from '../../support/hostile.ts';
import { createStage, createStages } from '../../support/report.ts';

/** The whole grammar that we write: anything else in a line came out of a name. */
const label = String.raw`(?:<b>)?(?:[A-Za-z0-9 ._:/@,-]|#\d+;)*(?:</b>)?(?:<br/>[a-z0-9., ]+)?`;
const grammar = [
  /^flowchart (?:LR|TB)$/,
  new RegExp(`^ {2}i\\d+\\(\\["${label}"\\]\\):::source$`),
  new RegExp(`^ {2}(?: {2})?(?:s\\d+|more)\\["${label}"\\](?::::(?:final|test|unneeded))?$`),
  /^ {2}subgraph unneeded \["not needed"\]$/,
  /^ {2}end$/,
  /^ {2}class unneeded unneeded$/,
  /^ {2}[is]\d+ (?:-->|-\. copy \.->|-\. mount \.->) s\d+$/,
  /^ {2}classDef [a-z]+ [a-z0-9:#,. -]+$/,
];

describe('drawMermaid', () => {
  it('draws the stages that no target needs apart', () => {
    const lines = drawMermaid(createStages()).split('\n');
    const start = lines.indexOf('  subgraph unneeded ["not needed"]');
    expect(lines.slice(start, start + 3)).toEqual([
      '  subgraph unneeded ["not needed"]',
      '    s3["<b>docs</b>"]:::unneeded',
      '  end',
    ]);
  });

  it('has no group where every stage is needed', () => {
    expect(drawMermaid([createStage({ isFinal: true })])).not.toContain('subgraph');
  });

  it('marks the final and the test stage and gives durations', () => {
    const drawing = drawMermaid(createStages());
    expect(drawing).toContain('s2["<b>test</b><br/>test, 12.3 s"]:::test');
    expect(drawing).toContain('s4["<b>runtime</b><br/>final, 0.9 s"]:::final');
    expect(drawing).toContain('s0["<b>deps</b><br/>cached"]');
  });

  it.each([
    ['from', '-->'],
    ['copy', '-. copy .->'],
    ['mount', '-. mount .->'],
  ] as const)('draws an edge by %s as %s', (by, arrow) => {
    const stages = [createStage({ index: 0 }), createStage({ index: 1, dependsOn: [{ by, stage: 0, line: 2 }] })];
    expect(drawMermaid(stages)).toContain(`  s0 ${arrow} s1\n`);
  });

  it('draws an image that several stages use once', () => {
    const stages = [createStage({ index: 0 }), createStage({ index: 1 })];
    expect(drawMermaid(stages).match(/:::source$/gm)).toHaveLength(1);
  });

  it('goes downwards where many stages would make it too wide', () => {
    const stages = Array.from({ length: 9 }, (_, index) => createStage({ index }));
    expect(drawMermaid(stages.slice(1))).toMatch(/^flowchart LR\n/);
    expect(drawMermaid(stages)).toMatch(/^flowchart TB\n/);
  });

  it('spells out what would reorder a label', () => {
    expect(drawMermaid([createStage({ name: 'a\u{202e}b' })])).toContain('<b>a#92;u202eb</b>');
  });

  it('leaves out stages beyond what a picture can show and counts them', () => {
    const stages = Array.from({ length: 60 }, (_, index) => createStage({ index, isNeeded: index === 59 }));
    const drawing = drawMermaid(stages);
    expect(drawing).toContain('s59[');
    expect(drawing).toContain('more["#8230; and 20 more"]');
  });

  it('writes nothing but its own grammar, whatever the names are', () => {
    fc.assert(
      fc.property(hostileText(), hostileText(), fc.boolean(), (name, base, isNeeded) => {
        const stages = [
          createStage({ index: 0, name, base, isNeeded }),
          createStage({ index: 1, base: name, dependsOn: [{ by: 'copy', context: base, line: 3 }] }),
        ];
        for (const line of drawMermaid(stages).split('\n')) {
          expect([line, grammar.some((rule) => rule.test(line))]).toEqual([line, true]);
        }
      }),
    );
  });
});
