import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type Expansion, expand } from '../../src/dockerfile/expand.ts';

const SET = new Map(Object.entries({ set: 'value', empty: '', path: 'a/b/c.tar.gz', star: 'a*b' }));

it.each([
  ['$set', 'value'],
  ['${set}', 'value'],
  ['$unset', ''],
  ['x${unset}y', 'xy'],
  ['$set-$set', 'value-value'],
  ['$', '$'],
  ['a$', 'a$'],
  ['$.', '$.'],
  ['$1set', 'set'],
  ['$@', ''],
  ['${unset:-d}', 'd'],
  ['${unset-d}', 'd'],
  ['${empty:-d}', 'd'],
  ['${empty-d}', ''],
  ['${set:-d}', 'value'],
  ['${set:+d}', 'd'],
  ['${set+d}', 'd'],
  ['${empty:+d}', ''],
  ['${empty+d}', 'd'],
  ['${unset+d}', ''],
  ['${set:?e}', 'value'],
  ['${empty?e}', ''],
  ['${unset:-${set}}', 'value'],
  ['${unset:-${empty:-${path##*/}}}', 'c.tar.gz'],
  ['${unset:-"a b"}', 'a b'],
  ["${unset:-'$set'}", '$set'],
  ['${unset:-a\\}b}', 'a}b'],
  ['${path#*/}', 'b/c.tar.gz'],
  ['${path##*/}', 'c.tar.gz'],
  ['${path%.*}', 'a/b/c.tar'],
  ['${path%%.*}', 'a/b/c'],
  ['${path#?/}', 'b/c.tar.gz'],
  ['${path#nothing}', 'a/b/c.tar.gz'],
  ['${path/b/x}', 'a/x/c.tar.gz'],
  ['${path//[.]/x}', 'a/b/c.tar.gz'],
  ['${path//./x}', 'a/b/cxtarxgz'],
  ['${path//\\//-}', 'a-b-c.tar.gz'],
  ['${path/*\\//}', 'c.tar.gz'],
  ['${set//?/x}', 'xxxxx'],
  ['${set//*/x}', 'x'],
  ['${star#a\\*}', 'b'],
  ['${unset#x}', ''],
  ['"$set"', 'value'],
  ["'$set'", '$set'],
  ['\\$set', '$set'],
  ['"\\$set"', '$set'],
  ['"a\\b"', 'a\\b'],
  ['a\\b', 'ab'],
  ['"\\""', '"'],
  ['a\\', 'a'],
  ['', ''],
])('expands %s to %j', (word, text) => {
  expect(expandWith(word)).toMatchObject({ kind: 'expanded', text });
});

it.each([
  ['${', "missing '}'"],
  ['${set', 'unsupported modifier'],
  ['${}', 'bad substitution'],
  ['${{set}', 'bad substitution'],
  ['${:set}', 'bad substitution'],
  ['${set:-d', "missing '}'"],
  ['${set^^}', 'unsupported modifier (^)'],
  ['${set:=d}', 'unsupported modifier (:=)'],
  ['${set:#v}', 'unsupported modifier (:#)'],
  ['${set:%v}', 'unsupported modifier (:%)'],
  ['${#set}', 'unsupported modifier'],
  ['${unset:?give it}', 'unset: give it'],
  ['${unset?}', 'unset: is not allowed to be unset'],
  ['${empty:?}', 'empty: is not allowed to be empty'],
  ['${path/b}', "missing '/'"],
  ['${path/b/x', "missing '}'"],
  ['${path#\\x}', 'invalid escape'],
  ["'", 'single-quote'],
  ['"$set', 'double-quote'],
])('calls %s invalid: %s', (word, reason) => {
  const expansion = expandWith(word);
  expect(expansion.kind === 'invalid' ? expansion.reason : expansion).toContain(reason);
});

it('escapes with the character that the file chose', () => {
  expect(expandWith('`$set\\', '`')).toMatchObject({ text: '$set\\' });
  expect(expandWith('"a`"b"', '`')).toMatchObject({ text: 'a"b' });
});

it('tells which names it read, also in a default that it did not need', () => {
  const expansion = expandWith('${set:-$other}${unset}');
  expect(expansion.kind === 'expanded' ? [...expansion.read].sort() : []).toEqual(['other', 'set', 'unset']);
});

describe('for any text', () => {
  const plain = fc.string({ unit: 'grapheme' }).filter((text) => !/[$\\'"<\ufeff]/.test(text));

  it('leaves what has no sign of its own as it is', () => {
    fc.assert(fc.property(plain, (text) => expect(expandWith(text)).toMatchObject({ text })));
  });

  it('gives the value back whatever it holds', () => {
    fc.assert(
      fc.property(
        fc.string(),
        fc.constantFrom('$v', '${v}', '"$v"', '${v:-}', '${v-}', '${v+$v}', '${x:-$v}'),
        (value, word) => {
          expect(
            expand(word, { lookup: (name) => (name === 'v' ? value : undefined), escapeToken: '\\' }),
          ).toMatchObject({
            text: value,
          });
        },
      ),
    );
  });

  it('never throws, and always ends in one of its three ways', () => {
    const piece = fc.constantFrom(
      '$',
      '{',
      '}',
      '${',
      'set',
      ':',
      '-',
      '+',
      '?',
      '#',
      '%',
      '/',
      '*',
      '"',
      "'",
      '\\',
      ' ',
      '<',
      '<<',
      'é',
      '\u{1F600}',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        expect(['expanded', 'invalid', 'beyond']).toContain(expandWith(pieces.join('')).kind);
      }),
      { numRuns: 2000 },
    );
  });

  it('undoes quoting: a quoted text is that text', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const quoted = `"${text.replace(/["$\\]/g, '\\$&')}"`;
        expect(expandWith(quoted)).toMatchObject({ text });
      }),
    );
  });
});

function expandWith(word: string, escapeToken = '\\'): Expansion {
  return expand(word, { lookup: (name) => SET.get(name), escapeToken });
}
