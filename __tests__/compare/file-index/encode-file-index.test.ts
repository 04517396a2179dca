import { createHash } from 'node:crypto';
import { brotliCompressSync, constants } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ByteWriter } from '../../../src/compare/file-index/byte-writer.ts';
import { decodeFileIndex } from '../../../src/compare/file-index/decode-file-index.ts';
import { encodeFileIndex } from '../../../src/compare/file-index/encode-file-index.ts';
import { type FileIndex, indexFiles } from '../../../src/compare/file-index.ts';
import { applyLayers } from '../../../src/image/apply-layers.ts';
import { hashBytes } from '../../../src/image/entry-table.ts';
import { indexOf, nodeModules } from '../../support/file-index.ts';
import { directory, file, image, layer, symlink } from '../../support/image-builder.ts';
import { anyImage } from '../../support/random-image.ts';

function decoded(text: string): FileIndex {
  const index = decodeFileIndex(text);
  if (typeof index === 'string') throw new Error(index);
  return index;
}

function contentOf({ table, layers, isFirst }: FileIndex) {
  const rows = [...table].map(({ path, type, mode, uid, gid, bytes, contentHash, linkTarget }) => ({
    ...{ path, type, mode, uid, gid, bytes, contentHash, linkTarget },
  }));
  return { rows, layers: [...layers], isFirst: [...isFirst] };
}

const small = indexFiles(
  applyLayers(image(layer(directory('/a'), file('/a/b', 'hello'), symlink('/a/c', 'b'), file('/ä', 'x'))).layers),
);

describe('encodeFileIndex', () => {
  it('gives back what it took, for any image', () => {
    fc.assert(
      fc.property(anyImage, (built) => {
        const index = indexFiles(applyLayers(built.layers));
        expect(contentOf(decoded(encodeFileIndex(index)))).toEqual(contentOf(index));
      }),
    );
  });

  it('gives back names over many blocks', () => {
    const index = indexOf(nodeModules(20_000));
    expect(contentOf(decoded(encodeFileIndex(index)))).toEqual(contentOf(index));
  });

  it('keeps the largest numbers', () => {
    const huge = { path: 'x', type: 'file', mode: 0o7777, uid: 2 ** 53 - 1, gid: 2 ** 32, bytes: 2 ** 53 - 1 } as const;
    const index = indexFiles(applyLayers([{ ...image().layers[0], position: 0, entries: [huge] } as never]));
    expect([...decoded(encodeFileIndex(index)).table][0]).toMatchObject({
      uid: huge.uid,
      gid: huge.gid,
      bytes: huge.bytes,
    });
  });

  it('gives the same text for the same image', () => {
    expect(encodeFileIndex(indexOf(nodeModules(5000)))).toBe(encodeFileIndex(indexOf(nodeModules(5000))));
  });

  it('takes at most 1.5 MB for 60,000 files with distinct content', () => {
    const text = encodeFileIndex(indexOf(nodeModules(60_000)));
    expect(text).toMatch(/^[A-Za-z0-9+/=]*$/);
    expect(text.length).toBeLessThanOrEqual(1_500_000);
  });
});

describe('decodeFileIndex', () => {
  const stored = Buffer.from(encodeFileIndex(small), 'base64');

  it('has a reason for every text that was changed, and never throws', () => {
    fc.assert(
      fc.property(fc.nat(8 * stored.length - 1), (bit) => {
        const flipped = Buffer.from(stored);
        flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
        expect(decodeFileIndex(flipped.toString('base64'))).toMatch(/^has a file index that /);
      }),
    );
  });

  it('has a reason for every text that was cut off', () => {
    for (let length = 0; length < stored.length; length++) {
      expect(typeof decodeFileIndex(stored.subarray(0, length).toString('base64'))).toBe('string');
    }
  });

  it.each([['no base64 at all!'], [''], ['AAAA'], ['"'.repeat(100)], [`${stored.toString('base64')}AAAA`]])(
    'refuses %j',
    (text) => {
      expect(typeof decodeFileIndex(text)).toBe('string');
    },
  );

  it('gives a sound index or a reason when a forger mends the check sum, whatever was changed', () => {
    const body = stored.subarray(16);
    const change = fc.tuple(fc.nat(body.length - 1), fc.nat(255));
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 6 }), fc.nat(body.length), (changes, cut) => {
        const forged = Buffer.from(cut === 0 ? body : body.subarray(0, body.length - (cut % 3)));
        for (const [at, value] of changes) if (at < forged.length) forged[at] = value;
        expectSound(decodeFileIndex(signed(forged)));
      }),
      { numRuns: 1000 },
    );
  });

  it('gives a sound index or a reason for any columns under a true check sum', () => {
    const numbers = fc.array(fc.nat(5), { minLength: 12, maxLength: 60 });
    fc.assert(
      fc.property(numbers, fc.nat(4), (plain, count) => {
        expectSound(decodeFileIndex(signed(bodyOf({ entries: count, count, plain: Buffer.from(plain) }))));
      }),
      { numRuns: 1000 },
    );
  });

  it.each([
    ['names out of order', ['b', 'a'], 'has names that are out of order'],
    ['a name twice', ['a', 'a'], 'has names that are out of order'],
    ['a name that is no UTF-8', ['\xff'], 'has a name that is no UTF-8'],
  ])('refuses %s', (_, names, reason) => {
    const plain = plainOf(names);
    const body = bodyOf({ entries: names.length, count: names.length, plain });
    expect(decodeFileIndex(signed(body))).toBe(`has a file index that ${reason}`);
  });

  it('refuses more names than were promised, fewer, and an unbelievable number', () => {
    const plain = plainOf(['a', 'b']);
    expect(decodeFileIndex(signed(bodyOf({ entries: 1, count: 2, plain })))).toContain('too large');
    expect(decodeFileIndex(signed(bodyOf({ entries: 3, count: 2, plain })))).toContain('ends too early');
    expect(decodeFileIndex(signed(bodyOf({ entries: 3_000_001, count: 2, plain })))).toContain('too large');
    expect(
      decodeFileIndex(signed(Buffer.concat([bodyOf({ entries: 2, count: 2, plain }), Buffer.alloc(1)]))),
    ).toContain('goes on');
  });

  it('never unpacks more than a block may hold', () => {
    const bomb = pack(Buffer.alloc(64 * 1024 * 1024));
    const claims = [16 * 1024 * 1024, 16 * 1024 * 1024 + 1, 1];
    const before = process.memoryUsage().arrayBuffers;
    for (const length of claims) {
      const body = bodyOf({ entries: 1, count: 1, plain: Buffer.alloc(0), packed: bomb, length });
      expect(decodeFileIndex(signed(body))).toMatch(/cannot be unpacked|too large/);
    }
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(40 * 1024 * 1024);
  });

  it('refuses names that take gigabytes by repeating the one before them', () => {
    const names = Buffer.from('n'.repeat(1_000_000));
    const plain = new ByteWriter();
    for (let n = 0; n < 4096; n++) plain.number(n === 0 ? 0 : 1_000_000 + n - 1);
    plain.number(names.length);
    for (let n = 1; n < 4096; n++) plain.number(1);
    for (let n = 0; n < 4096; n++) plain.number(0);
    plain.bytes(names);
    for (let n = 1; n < 4096; n++) plain.byte(0x61);
    expect(decodeFileIndex(signed(bodyOf({ entries: 4096, count: 4096, plain: plain.written })))).toContain(
      'too many bytes',
    );
  });
});

/** Any value that an index may have is believed here; that it fits its profile is for whoever has the profile. */
function expectSound(index: FileIndex | string): void {
  if (typeof index === 'string') return;
  const paths = [...index.table].map(({ path }) => path);
  expect(paths).toEqual([...new Set(paths)].sort());
  expect(index.layers.length).toBe(paths.length);
  expect(index.isFirst.length).toBe(paths.length);
  expect(index.table.columns.hashes.length).toBe(paths.length * hashBytes);
  for (const { type, mode, bytes } of index.table) {
    expect(['whiteout', 'opaque']).not.toContain(type);
    expect(mode).toBeLessThanOrEqual(0o7777);
    expect(Number.isSafeInteger(bytes)).toBe(true);
    if (type !== 'file' && type !== 'hardlink') expect(bytes).toBe(0);
  }
}

function signed(body: Buffer): string {
  const check = createHash('sha256').update(body).digest().subarray(0, 12);
  return Buffer.concat([Buffer.from('sgf1'), check, body]).toString('base64');
}

function pack(plain: Buffer): Buffer {
  return brotliCompressSync(plain, { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } });
}

type Forged = { entries: number; count: number; plain: Buffer; packed?: Buffer; length?: number };

/** One owner, one block. */
function bodyOf({ entries, count, plain, packed = pack(plain), length = plain.length }: Forged): Buffer {
  const body = new ByteWriter();
  for (const number of [entries, 1, 0, 0, count, length, packed.length]) body.number(number);
  body.bytes(packed);
  return Buffer.from(body.written);
}

/** Directories of these names (latin1, to break UTF-8 with). */
function plainOf(names: readonly string[]): Buffer {
  const plain = new ByteWriter();
  for (const _ of names) plain.number(0);
  for (const name of names) plain.number(name.length);
  for (const _ of names) plain.number(0);
  for (const name of names) plain.bytes(Buffer.from(name, 'latin1'));
  for (const _ of names) plain.byte(3);
  for (const _ of names) plain.number(0o755);
  for (let column = 0; column < 3; column++) for (const _ of names) plain.number(0);
  return Buffer.from(plain.written);
}
