import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isFit } from '../../../src/image/facts/file-facts.ts';
import { readRpmHeader } from '../../../src/image/rpm/rpm-header.ts';

type Value = string | number;

/** A header as rpm's database holds it. */
function header(values: ReadonlyMap<number, Value>): Buffer {
  const index: Buffer[] = [];
  const data: Buffer[] = [];
  let offset = 0;
  for (const [tag, value] of values) {
    const bytes = typeof value === 'string' ? Buffer.from(`${value}\0`) : numbers(value);
    index.push(numbers(tag, typeof value === 'string' ? 6 : 4, offset, 1));
    data.push(bytes);
    offset += bytes.length;
  }
  return Buffer.concat([numbers(values.size, offset), ...index, ...data]);
}

function numbers(...values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(4 * values.length);
  for (const [at, value] of values.entries()) bytes.writeUInt32BE(value, 4 * at);
  return bytes;
}

const hello = new Map<number, Value>([
  [1000, 'hello'],
  [1001, '1.2'],
  [1002, '3.el9'],
  [1004, 'A summary'],
]);

describe("an rpm package's header", () => {
  it.each<[string, ReadonlyMap<number, Value>, string | undefined]>([
    ['without epoch', hello, '1.2-3.el9'],
    ['with epoch 0', new Map([...hello, [1003, 0]]), '1.2-3.el9'],
    ['with an epoch', new Map([...hello, [1003, 2]]), '2:1.2-3.el9'],
    ['of a key', new Map([...hello, [1000, 'gpg-pubkey']]), undefined],
    ['without a release', new Map([...hello].filter(([tag]) => tag !== 1002)), undefined],
    ['without anything', new Map(), undefined],
  ])('%s', (_, values, version) => {
    expect(readRpmHeader(header(values))).toEqual(version && { type: 'rpm', name: 'hello', version });
  });

  it('of any bytes is a fit package or none', () => {
    const good = header(hello);
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 200 }),
      fc.array(fc.tuple(fc.nat(good.length - 1), fc.nat(255)), { maxLength: 5 }).map((changes) => {
        const changed = Buffer.from(good);
        for (const [at, value] of changes) changed[at] = value;
        return changed;
      }),
      fc.nat(good.length).map((length) => good.subarray(0, length)),
    );
    fc.assert(
      fc.property(bytes, (given) => {
        const found = readRpmHeader(given);
        if (found !== undefined) expect([isFit(found.name), isFit(found.version)]).toEqual([true, true]);
      }),
      { numRuns: 1000 },
    );
  });
});
