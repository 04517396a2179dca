import { describe, expect, it } from '@jest/globals';
import { mainMaker, makerEvidence, makerRemedy } from '../../src/policy/main-maker.ts';

const build = { stage: 'build', line: 4, lineEnd: 6 };
const layer = { layer: 3, bytes: 100 };

describe('mainMaker', () => {
  it.each([
    ['one file with half of the bytes', [{ bytes: 50, layer: 3, madeBy: build }], build],
    [
      'several files of one line',
      [
        { bytes: 30, layer: 3, madeBy: build },
        { bytes: 20, layer: 3, madeBy: build },
      ],
      build,
    ],
    ['less than half', [{ bytes: 49, layer: 3, madeBy: build }], undefined],
    ['a file of another layer', [{ bytes: 100, layer: 2, madeBy: build }], undefined],
    ['a stage without a line', [{ bytes: 100, layer: 3, madeBy: { stage: 'build' } }], undefined],
    ['a file that shrank', [{ bytes: -100, layer: 3, madeBy: build }], undefined],
  ])('judges %s', (_, files, expected) => {
    expect(mainMaker(files, layer)).toEqual(expected);
  });

  it('is a proof with all of its lines, and the end of a remedy', () => {
    expect(makerEvidence(build, 'Dockerfile')).toEqual([{ file: 'Dockerfile', line: 4, lineEnd: 6 }]);
    expect(makerRemedy(build)).toBe(', and at line 4 in stage build, which made most of it');
    expect([makerEvidence(undefined, 'Dockerfile'), makerRemedy(undefined)]).toEqual([[], '']);
  });
});
