import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { splitJsonStream } from '../../src/build/json-stream.ts';

type Piece = { readonly value: unknown } | { readonly line: string };

function split(chunks: readonly string[]): readonly Piece[] {
  const pieces: Piece[] = [];
  const stream = splitJsonStream({
    onValue: (value) => pieces.push({ value }),
    onText: (line) => pieces.push({ line }),
  });
  for (const chunk of chunks) stream.write(chunk);
  stream.end();
  return pieces;
}

describe('a stream of JSON values and text', () => {
  it.each<[string, string, readonly Piece[]]>([
    ['one value a line', '{"a":1}\n{"b":2}\n', [{ value: { a: 1 } }, { value: { b: 2 } }]],
    ['values without anything between', '{"a":1}{"b":2}', [{ value: { a: 1 } }, { value: { b: 2 } }]],
    ['an indented value', '{\n\t"a": {\n\t\t"b": [{}]\n\t}\n}\n', [{ value: { a: { b: [{}] } } }]],
    ['braces and quotes in strings', '{"a":"}{\\"\\\\"}\n', [{ value: { a: '}{"\\' } }]],
    ['text around', 'WARN x\n{"a":1}\nERROR: y', [{ line: 'WARN x' }, { value: { a: 1 } }, { line: 'ERROR: y' }]],
    [
      'text behind a value on its line',
      '{"a":1} done\n{"b":2}',
      [{ value: { a: 1 } }, { line: ' done' }, { value: { b: 2 } }],
    ],
    ['Windows line ends', 'x\r\n{"a":1}\r\ny\r\n', [{ line: 'x' }, { value: { a: 1 } }, { line: 'y' }]],
    ['a value that is cut off', '{"a":1}\n{"b":', [{ value: { a: 1 } }, { line: '{"b":' }]],
    ['a broken value before a good one', '{"b":[\n{"a":1}\n', [{ line: '{"b":[' }, { value: { a: 1 } }]],
    ['a string that never ends', '{"b\n{"a":1}\n', [{ line: '{"b' }, { value: { a: 1 } }]],
    ['balanced braces that are no JSON', '{b}\n{"a":1}\n', [{ line: '{b}' }, { value: { a: 1 } }]],
    ['a brace within text', 'x {"a":1}\n', [{ line: 'x {"a":1}' }]],
    ['nothing', '\n\n', []],
  ])('is split: %s', (_, text, expected) => {
    expect(split([text])).toEqual(expected);
    expect(split([...text])).toEqual(expected);
  });

  it('gives the same for every chunking, however the values are printed and whatever text stands between', () => {
    const value = fc.dictionary(fc.string(), fc.jsonValue(), { maxKeys: 4 });
    const line = fc
      .string({ unit: 'grapheme', maxLength: 40 })
      .filter((text) => text.trim() !== '' && !/^[{]|[\r\n]/.test(text));
    const piece = fc.oneof(fc.record({ value, indent: fc.constantFrom('', ' ', '\t') }), fc.record({ line }));
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), fc.array(fc.nat(400), { maxLength: 30 }), (pieces, cuts) => {
        const text = pieces
          .map((part) => ('line' in part ? part.line : JSON.stringify(part.value, null, part.indent)))
          .join('\n');
        const expected = pieces.map((part) =>
          'line' in part ? { line: part.line } : { value: JSON.parse(JSON.stringify(part.value)) },
        );
        expect(split(cutAt(text, cuts))).toEqual(expected);
      }),
    );
  });

  it('never throws and loses no good value after garbage that ends with its line', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 200 }), (garbage) => {
        const pieces = split([`${garbage.replace(/[{"]/g, '')}\n{"good":true}\n`]);
        expect(pieces.at(-1)).toEqual({ value: { good: true } });
        split([garbage]);
      }),
    );
  });

  it('keeps a bounded part of a line and of a value without end', () => {
    const block = 'x'.repeat(1024 * 1024);
    const line = split(Array.from({ length: 20 }, () => block));
    const value = split([`{"a":"`, ...Array.from({ length: 20 }, () => block), '"}\n{"b":1}\n']);
    expect(line).toEqual([{ line: 'x'.repeat(16 * 1024) }]);
    expect(value).toEqual([{ line: expect.stringMatching(/^\{"a":"x{1000,16384}$/) }, { value: { b: 1 } }]);
  });
});

function cutAt(text: string, cuts: readonly number[]): readonly string[] {
  const places = [0, ...[...cuts].sort((a, b) => a - b), text.length].map((at) => Math.min(at, text.length));
  return places.slice(1).map((end, index) => text.slice(places[index], end));
}
