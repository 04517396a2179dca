import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { replaceMatches, withoutPrefix, withoutSuffix } from '../../src/dockerfile/glob-replace.ts';

const value = fc.string({ unit: fc.constantFrom('a', 'b', '.', '\n'), maxLength: 8 });
const pattern = fc.string({ unit: fc.constantFrom('a', 'b', '.', '*', '?'), maxLength: 5 });

it('replaces what a regular expression would', () => {
  fc.assert(
    fc.property(value, pattern, fc.boolean(), (text, glob, all) => {
      const wanted = text.replace(new RegExp(source(glob, '*'), all ? 'g' : ''), 'x');
      // JavaScript matches the empty rest again after a match that reached it; Go, and so BuildKit, does not.
      const goes = all ? withoutEmptyAfterMatch(text, source(glob, '*')) : wanted;
      expect(replaceMatches(text, glob, 'x', all)).toBe(goes);
    }),
    { numRuns: 3000 },
  );
});

it('cuts the shortest or longest prefix that a regular expression finds', () => {
  fc.assert(
    fc.property(value, pattern, fc.boolean(), (text, glob, longest) => {
      const ends = Array.from({ length: text.length + 1 }, (_, end) => end).filter((end) =>
        matches(glob, text.slice(0, end)),
      );
      const end = (longest ? ends.at(-1) : ends[0]) ?? 0;
      expect(withoutPrefix(text, glob, longest)).toBe(text.slice(end));
    }),
    { numRuns: 3000 },
  );
});

it('cuts the shortest or longest suffix that a regular expression finds', () => {
  fc.assert(
    fc.property(value, pattern, fc.boolean(), (text, glob, longest) => {
      const starts = Array.from({ length: text.length + 1 }, (_, start) => start).filter((start) =>
        matches(glob, text.slice(start)),
      );
      const start = (longest ? starts[0] : starts.at(-1)) ?? text.length;
      expect(withoutSuffix(text, glob, longest)).toBe(text.slice(0, start));
    }),
    { numRuns: 3000 },
  );
});

function source(glob: string, star: string): string {
  return glob.replace(/[.]/g, '\\.').replace(/\?/g, '[^\\n]').replaceAll('*', `[^\\n]${star}`);
}

function matches(glob: string, text: string): boolean {
  return new RegExp(`^${source(glob, '*')}$`).test(text);
}

function withoutEmptyAfterMatch(text: string, expression: string): string {
  let lastEnd = -1;
  return text.replace(new RegExp(expression, 'g'), (match, at: number) => {
    const isRepeated = match === '' && at === lastEnd;
    lastEnd = at + match.length;
    return isRepeated ? '' : 'x';
  });
}
