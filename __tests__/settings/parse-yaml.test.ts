import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseYaml } from '../../src/settings/parse-yaml.ts';
import { UserError } from '../../src/user-error.ts';

const names = 'abcdefghij';
const laughs = [
  'a: &a [x, x, x, x, x, x, x, x, x, x]',
  ...[...names.slice(1)].map((name, index) => `${name}: &${name} [${`*${names[index]}, `.repeat(10)}]`),
].join('\n');

describe('parseYaml', () => {
  it('reads YAML 1.2, where off, no and dates are texts', () => {
    expect(parseYaml('{ a: off, b: no, c: 2027-01-31, d: 1_500_000, e: 12, f: true }', 'x.yml').value).toEqual({
      a: 'off',
      b: 'no',
      c: '2027-01-31',
      d: '1_500_000',
      e: 12,
      f: true,
    });
  });

  it('knows where keys and values stand', () => {
    const yaml = parseYaml('images:\n  api:\n    - x\n    - y: 1\n', 'x.yml');
    expect(yaml.keyPlaceOf(['images', 'api'])).toEqual({ line: 2, column: 3 });
    expect(yaml.placeOf(['images', 'api', 1, 'y'])).toEqual({ line: 4, column: 10 });
  });

  it('gives the place of the nearest parent for what is not there', () => {
    expect(parseYaml('images:\n  api: {}\n', 'x.yml').placeOf(['images', 'api', 'file'])).toEqual({
      line: 2,
      column: 8,
    });
  });

  it('repeats an anchored value where its alias stands', () => {
    expect(parseYaml('a: &x { b: 1 }\nc: *x\n', 'x.yml').value).toEqual({ a: { b: 1 }, c: { b: 1 } });
  });

  it.each([
    ['aliases of aliases', laughs, 'expands to too much'],
    ['an alias inside its own anchor', 'a: &a [*a]', 'nesting is too deep'],
    ['aliases that branch inside their own anchor', 'a: &a [*a, *a, *a]', 'nesting is too deep'],
    ['deep brackets', `a: ${'['.repeat(900)}`, 'nesting is too deep'],
    ['deep brackets over lines', '[\n'.repeat(30_000), 'nesting is too deep'],
    ['brackets closed only in comments', '[ #]\n'.repeat(10_000), 'nesting is too deep'],
    ['dashes that abort the parser', `${'- '.repeat(450)}\n`.repeat(70), 'nesting is too deep'],
    ['question marks in a line', `${'? '.repeat(450)}\n`.repeat(70), 'nesting is too deep'],
    [
      'a key in a key in a key',
      Array.from({ length: 60 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n'),
      'too deep',
    ],
    ['a long line', `a: ${'x'.repeat(2000)}`, 'more than 1000 characters'],
    ['a long file', '# comment\n'.repeat(7000), 'more than 65536 characters'],
    ['the name of the prototype', '{ __proto__: { polluted: true } }', 'a key must be a plain text'],
    ['a map as a key', '{ { a: 1 }: 2 }', 'a key must be a plain text'],
  ])('refuses %s with a place', (_title, text, words) => {
    expect(() => parseYaml(text, 'x.yml')).toThrow(UserError);
    expect(() => parseYaml(text, 'x.yml')).toThrow(new RegExp(`^x\\.yml:\\d+:\\d+: .*${words}`));
  });

  it('gives data or one sentence with a place for any text', () => {
    const pieces = fc.constantFrom(
      'a',
      ': ',
      '- ',
      '[',
      ']',
      '{',
      '}',
      '\n',
      '  ',
      '&x ',
      '*x',
      '"',
      "'",
      '|',
      '!t ',
      '?',
      '#',
      '%',
      '\t',
      '---',
      '<<',
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 40 }), (parts) => {
        try {
          parseYaml(parts.join(''), 'x.yml');
        } catch (error) {
          if (!(error instanceof UserError)) throw error;
          expect(error.message).toMatch(/^x\.yml:[1-9]\d*:[1-9]\d*: [^\n]+\.$/);
        }
      }),
      { numRuns: 500 },
    );
  });
});
