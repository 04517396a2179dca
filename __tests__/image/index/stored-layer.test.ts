import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { diffIdFromHex, digestFromHex } from '../../../src/image/digest.ts';
import { decodeLayer as decoding, encodeLayer } from '../../../src/image/index/stored-layer.ts';
import type { LayerContent } from '../../../src/image/read-layer.ts';
import { runAtOnce } from '../../../src/slices.ts';
import { layerEntries, tableOf } from '../../support/entry-tables.ts';
import { sha256 } from '../../support/image-builder.ts';
import { plainEntries } from '../../support/plain-entries.ts';

const content = (entries: Parameters<typeof tableOf>[0]): LayerContent => ({
  digest: digestFromHex(sha256('blob')),
  blobBytes: 1234,
  compression: 'gzip',
  diffId: diffIdFromHex(sha256('tar')),
  tarBytes: 2048,
  unpackedBytes: 99,
  notes: ['1 names climb'],
  entries: tableOf(entries),
});

const stored = (of: LayerContent): Buffer => Buffer.concat(runAtOnce(encodeLayer(of)));
const decodeLayer = (bytes: Buffer): LayerContent | null => runAtOnce(decoding(bytes));

describe('a stored layer', () => {
  it('is read back as it was, at any place in memory', () => {
    fc.assert(
      fc.property(layerEntries, fc.nat({ max: 9 }), (entries, offset) => {
        const given = content(entries);
        const bytes = Buffer.concat([Buffer.alloc(offset), stored(given)]).subarray(offset);
        const back = decodeLayer(bytes);
        expect(back && { ...back, entries: plainEntries(back.entries) }).toEqual({ ...given, entries });
      }),
    );
  });

  it('is none when one bit of it changed, or it was cut', () => {
    fc.assert(
      fc.property(layerEntries, fc.nat(), fc.nat({ max: 7 }), (entries, at, bit) => {
        const bytes = stored(content(entries));
        const flipped = Buffer.from(bytes);
        const place = at % bytes.length;
        flipped.writeUInt8((flipped.readUInt8(place) ^ (1 << bit)) & 0xff, place);
        expect(decodeLayer(flipped)).toBeNull();
        expect(decodeLayer(bytes.subarray(0, place))).toBeNull();
      }),
    );
  });

  it('is none when it is something else', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 2000 }), (bytes) => decodeLayer(Buffer.from(bytes)) === null));
  });
});
