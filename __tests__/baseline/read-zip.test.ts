import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readOnlyFile } from '../../src/baseline/read-zip.ts';
import { writeZip } from '../../src/baseline/write-zip.ts';

const bounds = { mostBytes: 1_000_000, mostRatio: 200 };

/** Made by Python's zipfile: `{"schemaVersion": 1}` as report.json. */
const foreign = {
  deflated:
    'UEsDBBQAAAAIAAAAIQBm1a3NFgAAABQAAAALAAAAcmVwb3J0Lmpzb26rVipOzkjNTQxLLSrOzM9TslIwrAUAUEsBAhQDFAAAAAgAAAAhAGbVrc0WAAAAFAAAAAsAAAAAAAAAAAAAAIABAAAAAHJlcG9ydC5qc29uUEsFBgAAAAABAAEAOQAAAD8AAAAAAA==',
  stored:
    'UEsDBBQAAAAAAAAAIQBm1a3NFAAAABQAAAALAAAAcmVwb3J0Lmpzb257InNjaGVtYVZlcnNpb24iOiAxfVBLAQIUAxQAAAAAAAAAIQBm1a3NFAAAABQAAAALAAAAAAAAAAAAAACAAQAAAAByZXBvcnQuanNvblBLBQYAAAAAAQABADkAAAA9AAAAAAA=',
  streamed:
    'UEsDBBQACAAIAAAAIQAAAAAAAAAAAAAAAAALAAAAcmVwb3J0Lmpzb26rVipOzkjNTQxLLSrOzM9TslIwrAUAUEsHCGbVrc0WAAAAFAAAAFBLAQIUAxQACAAIAAAAIQBm1a3NFgAAABQAAAALAAAAAAAAAAAAAACAAQAAAAByZXBvcnQuanNvblBLBQYAAAAAAQABADkAAABPAAAAAAA=',
  two: 'UEsDBBQAAAAIAAAAIQC379yDAwAAAAEAAAABAAAAYTMEAFBLAwQUAAAACAAAACEADb7VGgMAAAABAAAAAQAAAGIzAgBQSwECFAMUAAAACAAAACEAt+/cgwMAAAABAAAAAQAAAAAAAAAAAAAAgAEAAAAAYVBLAQIUAxQAAAAIAAAAIQANvtUaAwAAAAEAAAABAAAAAAAAAAAAAACAASIAAABiUEsFBgAAAAACAAIAXgAAAEQAAAAAAA==',
  bomb: 'UEsDBBQAAAAIAAAAIQDGxzdFeQMAAKC7DQABAAAAYe3BMQEAAADCoPVPbQo/oAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAvgZQSwECFAMUAAAACAAAACEAxsc3RXkDAACguw0AAQAAAAAAAAAAAAAAgAEAAAAAYVBLBQYAAAAAAQABAC8AAACYAwAAAAA=',
};

describe('an archive with one file', () => {
  it('gives back what was written, of any content', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 5000 }), async (bytes) => {
        const content = Buffer.from(bytes);
        expect(await readOnlyFile(await writeZip('report.json', content), bounds)).toEqual(content);
      }),
    );
  });

  it.each(['deflated', 'stored', 'streamed'] as const)('is read as another program wrote it: %s', async (kind) => {
    const content = await readOnlyFile(Buffer.from(foreign[kind], 'base64'), bounds);
    expect(String(content)).toBe('{"schemaVersion": 1}');
  });

  it.each<[string, () => Promise<Buffer> | Buffer, string]>([
    ['no archive', () => Buffer.from('<html>sign in</html>'), 'is no ZIP archive'],
    ['nothing', () => Buffer.alloc(0), 'is no ZIP archive'],
    ['two files', () => Buffer.from(foreign.two, 'base64'), 'holds 2 files instead of one'],
    ['a bomb', () => Buffer.from(foreign.bomb, 'base64'), 'holds a file that is packed like a bomb'],
    [
      'too much',
      () => writeZip('r', Buffer.from(Array.from({ length: 1_000_001 }, (_, at) => at % 251))),
      'holds a file that is too large to be a report',
    ],
    [
      'only its end',
      async () => (await writeZip('r', Buffer.from('x'.repeat(500)))).subarray(-22),
      'is no complete ZIP archive',
    ],
    [
      'a claim of fewer bytes than there are',
      () => changed(24, (size) => size - 1),
      'holds a file that cannot be unpacked',
    ],
    [
      'a claim of more bytes than there are',
      () => changed(24, (size) => size + 1),
      'holds a file that cannot be unpacked',
    ],
    ['another checksum', () => changed(16, (crc) => crc ^ 1), 'holds a file that cannot be unpacked'],
    ['an unknown method', () => changed(10, () => 99), 'is packed in a way that is not ours'],
    ['a place behind its end', () => changed(42, () => 0x7fff_ffff), 'is no complete ZIP archive'],
  ])('is refused as %s', async (_, make, reason) => {
    expect(await readOnlyFile(await make(), bounds)).toBe(reason);
  });

  it('never breaks on changed bytes: a reason, or what was in it', async () => {
    const zip = await writeZip('report.json', Buffer.from('{"schemaVersion":1,"images":[]}'));
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(fc.nat(zip.length - 1), fc.nat(255)), { maxLength: 6 }), async (changes) => {
        const broken = Buffer.from(zip);
        for (const [at, byte] of changes) broken[at] = byte;
        const result = await readOnlyFile(broken, bounds);
        if (typeof result !== 'string') expect(result.toString()).toBe('{"schemaVersion":1,"images":[]}');
      }),
      { numRuns: 500 },
    );
  });
});

/** With one number of the central directory, at this offset, changed. */
async function changed(offset: number, change: (value: number) => number): Promise<Buffer> {
  const zip = await writeZip('report.json', Buffer.from('abcdefgh'.repeat(20)));
  const at = zip.indexOf(Buffer.from('PK\x01\x02')) + offset;
  if (offset === 10) zip.writeUInt16LE(change(zip.readUInt16LE(at)), at);
  else zip.writeUInt32LE(change(zip.readUInt32LE(at)) >>> 0, at);
  return zip;
}
