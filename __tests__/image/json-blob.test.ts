import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { z } from 'zod';
import { parseImageConfig } from '../../src/image/image-config.ts';
import { parseJsonBlob } from '../../src/image/json-blob.ts';
import { indexSchema, manifestSchema } from '../../src/image/manifest.ts';

const anything = z.unknown();
const parse = (text: string, schema: z.ZodType = anything) => parseJsonBlob(Buffer.from(text), schema, 'the thing');
const refused = (problem: string) =>
  expect.objectContaining({ name: 'UserError', exitCode: 3, message: expect.stringContaining(problem) });

describe('parseJsonBlob', () => {
  it('reads any JSON as JavaScript does', () => {
    fc.assert(
      fc.property(fc.json({ noUnicodeString: false }), fc.constantFrom(undefined, 2, '\t'), (text, space) => {
        const value: unknown = JSON.parse(text);
        expect(parse(JSON.stringify(value, null, space))).toEqual(value);
      }),
    );
  });

  it('never says anything but a UserError', () => {
    const pieces = fc.constantFrom('{', '}', '[', ']', ',', ':', '"', '\\', '\\"', 'a', ' ', '1', '\\u0061', 'null');
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 30 }), (parts) => {
        try {
          parse(parts.join(''));
        } catch (error) {
          expect(error).toEqual(refused('the thing'));
        }
      }),
      { numRuns: 1000 },
    );
  });

  it.each([
    '{"a":1,"a":2}',
    '{"a":1,"\\u0061":2}',
    '{"x":[{"b":{}},{"a\\"":{},"c":"}","a\\"" : 1}]}',
    '{"config":{"User":"root"},"config":{}}',
  ])('refuses a key that stands twice: %s', (text) => {
    expect(() => parse(text)).toThrow(refused('stands twice in one object'));
  });

  it.each([
    '{"a":"a","b":"a"}',
    '{"a":{"a":{}},"b":[{"a":1},{"a":1}]}',
    '{"a":"\\\\","b":"\\"a\\":","c":"{"}',
    '["a","a"]',
  ])('takes no string for a key that is none: %s', (text) => {
    expect(parse(text)).toEqual(JSON.parse(text));
  });

  it.each<[string, string, () => unknown]>([
    ['a config', 'Config', () => parseImageConfig(Buffer.from('{"Config":{"User":"root"}}'), 'x')],
    ['a user', 'user', () => parseImageConfig(Buffer.from('{"config":{"User":"1000","user":"root"}}'), 'x')],
    ['a Unicode twin', 'hiſtory', () => parseImageConfig(Buffer.from('{"hiſtory":[]}'), 'x')],
    ['layers', 'Layers', () => parse('{"config":null,"layers":[],"Layers":[]}', manifestSchema)],
    ['a digest', 'Digest', () => parse('{"manifests":[{"Digest":"x"}]}', indexSchema)],
  ])('refuses a key that an engine would take for %s', (_, key, read) => {
    expect(read).toThrow(refused(`the key "${key}" is known in another case only`));
  });

  it('leaves the keys of labels and annotations alone', () => {
    const { config } = parseImageConfig(Buffer.from('{"config":{"Labels":{"a":"1","A":"2","user":"3"}}}'), 'x');
    expect(config.labels).toEqual({ a: '1', A: '2', user: '3' });
  });

  it.each<[string, string]>([
    ['numbers for a history', `{"history":[${'1,'.repeat(4_000_000)}1]}`],
    ['empty digests', `{"rootfs":{"diff_ids":[${'"",'.repeat(2_700_000)}""]}}`],
    ['lists in lists', `{"config":{"Volumes":${'['.repeat(4_000_000)}${']'.repeat(4_000_000)}}}`],
    ['labels', `{"config":{"Labels":{${Array.from({ length: 500_000 }, (_, i) => `"${i}":1`)}}}}`],
  ])('refuses millions of %s at once', (_, text) => {
    const started = Date.now();
    expect(() => parseImageConfig(Buffer.from(text), 'x')).toThrow(refused('more than 100000 values'));
    expect(Date.now() - started).toBeLessThan(3000);
  });

  it('reads strings of megabytes, and refuses a document of more than 8 MiB', () => {
    const label = (length: number) =>
      Buffer.from(JSON.stringify({ config: { Labels: { a: '\\"'.repeat(length / 2) } } }));
    expect(parseImageConfig(label(2_000_000), 'x').config.labels.a).toHaveLength(2_000_000);
    expect(() => parseImageConfig(label(100_000_000), 'x')).toThrow(refused('larger than 8388608 bytes'));
  });
});
