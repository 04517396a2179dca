import { randomBytes } from 'node:crypto';
import * as zlib from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { sniffCompression } from '../../src/image/compression.ts';
import { decompress } from '../../src/image/decompress.ts';

async function* pieces(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield Buffer.from(bytes.subarray(at, at + size));
}

async function unpack(bytes: Buffer, size = 65_536): Promise<Buffer> {
  const out: Buffer[] = [];
  for await (const chunk of decompress(pieces(bytes, size), sniffCompression(bytes), 'layer 3'))
    out.push(Buffer.from(chunk));
  return Buffer.concat(out);
}

const compressZstd: unknown = 'zstdCompressSync' in zlib ? zlib.zstdCompressSync : undefined;
const zstd = (bytes: Buffer): Buffer => {
  if (typeof compressZstd !== 'function') throw new TypeError('this Node has no zstd');
  return compressZstd(bytes);
};

describe('decompress', () => {
  it('joins gzip members wherever they and the chunks are cut', async () => {
    const part = fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes));
    await fc.assert(
      fc.asyncProperty(
        fc.array(part, { minLength: 1, maxLength: 5 }),
        fc.integer({ min: 1, max: 200 }),
        fc.nat(50),
        async (parts, size, zeros) => {
          const bytes = Buffer.concat([...parts.map((each) => zlib.gzipSync(each)), Buffer.alloc(zeros)]);
          expect((await unpack(bytes, size)).equals(Buffer.concat(parts))).toBe(true);
        },
      ),
    );
  });

  it('passes plain bytes through', async () => {
    expect(await unpack(Buffer.from('plain'), 2)).toEqual(Buffer.from('plain'));
  });

  it.each([
    ['cut off', (bytes: Buffer) => bytes.subarray(0, -5)],
    ['followed by rubbish', (bytes: Buffer) => Buffer.concat([bytes, Buffer.from('rubbish')])],
    ['with a wrong sum', (bytes: Buffer) => Buffer.concat([bytes.subarray(0, -8), Buffer.alloc(8, 1)])],
  ])('says that gzip is damaged when it is %s', async (_, damage) => {
    const bytes = damage(zlib.gzipSync(Buffer.alloc(100_000, 'x')));
    await expect(unpack(bytes)).rejects.toMatchObject({
      name: 'UserError',
      exitCode: 3,
      message: expect.stringContaining('Reading layer 3: its compressed data is damaged'),
    });
  });

  it('lets its source go when the reader has had enough', async () => {
    let isClosed = false;
    async function* endless(): AsyncGenerator<Buffer> {
      try {
        for (;;) yield zlib.gzipSync(Buffer.alloc(100_000, 'x'));
      } finally {
        isClosed = true;
      }
    }
    for await (const chunk of decompress(endless(), 'gzip', 'x')) if (chunk.length > 0) break;
    expect(isClosed).toBe(true);
  });

  it('does not run ahead of a slow reader', async () => {
    const noise = zlib.gzipSync(randomBytes(100_000));
    let taken = 0;
    async function* counted(): AsyncGenerator<Buffer> {
      for (let i = 0; i < 200; i++) {
        taken++;
        yield noise;
      }
    }
    const output = decompress(counted(), 'gzip', 'x');
    await output.next();
    await new Promise((resolve) => setTimeout(resolve, 100));
    const ahead = taken;
    await output.return();
    expect(ahead).toBeLessThan(50);
  });

  it('passes on the failure of its source', async () => {
    async function* failing(): AsyncGenerator<Buffer> {
      yield zlib.gzipSync(Buffer.alloc(10)).subarray(0, 12);
      throw new Error('disk on fire');
    }
    const readAll = async () => {
      for await (const chunk of decompress(failing(), 'gzip', 'x')) expect(chunk.length).toBeGreaterThan(0);
    };
    await expect(readAll()).rejects.toThrow('disk on fire');
  });

  it('joins zstd frames, skippable ones included, and on a Node without zstd says which one is needed', async () => {
    const frame = Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0, 0]);
    if (typeof compressZstd !== 'function') {
      const refusal = { name: 'UserError', exitCode: 3, hint: expect.stringContaining('Node 22.15') };
      await expect(unpack(frame)).rejects.toMatchObject(refusal);
      return;
    }
    const skippable = Buffer.from([0x50, 0x2a, 0x4d, 0x18, 3, 0, 0, 0, 1, 2, 3]);
    const [a, b] = [Buffer.alloc(300_000, 'a'), Buffer.alloc(2000, 'b')];
    const bytes = Buffer.concat([skippable, zstd(a), skippable, zstd(b), zstd(Buffer.from('c')), skippable]);
    for (const size of [1, 7, 1000, 65_536])
      expect((await unpack(bytes, size)).equals(Buffer.concat([a, b, Buffer.from('c')]))).toBe(true);
    await expect(unpack(bytes.subarray(0, -20))).rejects.toMatchObject({ name: 'UserError', exitCode: 3 });
  });
});

describe('sniffCompression', () => {
  it.each([
    ['1f8b0800', 'gzip'],
    ['28b52ffd', 'zstd'],
    ['502a4d18', 'zstd'],
    ['5f2a4d18', 'zstd'],
    ['602a4d18', 'none'],
    ['1f', 'none'],
    ['', 'none'],
  ])('takes %s for %s', (hex, expected) => {
    expect(sniffCompression(Buffer.from(hex, 'hex'))).toBe(expected);
  });
});
