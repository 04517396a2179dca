import { gnuLong, oldSparse, pax, tar } from '../../__tests__/support/tar-writer.ts';
import { diffIdFromHex } from '../../src/image/digest.ts';
import type { Image } from '../../src/image/image.ts';
import { LayerParser, type ParsedLayer } from '../../src/image/layer-parser.ts';
import { mutateTar } from '../mutate-tar.ts';
import { cutAnywhere } from '../pieces.ts';
import { checkLayers, checkSame } from '../promises.ts';
import { attempt } from '../run-guarded.ts';
import type { Target } from '../target.ts';

/** Layers as plain tars, one behind the other, each ended by its end marker: tar reading and applying. */
export const layersTarget: Target = {
  name: 'layers',
  seeds: () => [
    tar([
      { name: 'a', body: Buffer.from('hello') },
      { name: 'b', flag: '1', linkName: 'a' },
      { name: 'd/', flag: '5' },
    ]),
    Buffer.concat([
      tar([{ name: 'a/a', body: Buffer.alloc(700, 'x') }, { name: 'b', flag: '2', linkName: 'a' }, { name: 'b/a/b' }]),
      tar([{ name: 'a/.wh.a' }, { name: '.wh..wh..opq' }, { name: 'b/a', flag: '1', linkName: 'a/a' }]),
    ]),
    tar([
      pax([
        ['path', 'ä/'.repeat(60)],
        ['size', '3'],
      ]),
      { name: 'p', body: Buffer.from('abc') },
      gnuLong('L', 'l'.repeat(150)),
      { name: 'g', flag: '3' },
    ]),
    Buffer.concat([
      oldSparse(
        's',
        9000,
        Array.from({ length: 30 }, (_, i) => ({ offset: i * 200, length: 2 })),
        Buffer.alloc(60, 'x'),
      ),
      Buffer.alloc(1024),
    ]),
    tar([
      pax([
        ['GNU.sparse.major', '1'],
        ['GNU.sparse.minor', '0'],
        ['GNU.sparse.realsize', '900'],
        ['GNU.sparse.name', 'n'],
      ]),
      { name: 'x', body: Buffer.concat([Buffer.from('1\n100\n5\n'), Buffer.alloc(504), Buffer.from('hello')]) },
      { name: 'bin/sh', mode: 0o755, body: Buffer.from('\x7fELF BusyBox v1.35.0 multi-call binary') },
      { name: 'etc/passwd', body: Buffer.from('root:x:0:0') },
    ]),
  ],
  mutate: (input, other, random) => mutateTar(input, other, random),
  run: async (input) => {
    const parsed: ParsedLayer[] = [];
    for (const bytes of splitLayers(input)) {
      const whole = await attempt(() => parse([bytes]));
      checkSame(whole, await attempt(() => parse(cutAnywhere(bytes))));
      if ('result' in whole) parsed.push(whole.result);
    }
    await checkLayers(parsed.map(toLayer));
  },
};

function parse(pieces: readonly Buffer[]): ParsedLayer {
  const parser = new LayerParser('layer 0');
  for (const piece of pieces) {
    const copy = Buffer.from(piece);
    parser.write(copy);
    // Nothing may hold on to a chunk.
    copy.fill(0xaa);
  }
  return parser.finish();
}

/** Cuts behind each end marker; at most five layers. */
function splitLayers(input: Buffer): readonly Buffer[] {
  const layers: Buffer[] = [];
  let start = 0;
  for (let at = 0; at + 1024 <= input.length && layers.length < 4; at += 512) {
    if (input[at] !== 0 || !input.subarray(at, at + 1024).equals(endMarker)) continue;
    layers.push(input.subarray(start, at + 1024));
    start = at + 1024;
    at += 512;
  }
  return [...layers, input.subarray(start)];
}

const endMarker = Buffer.alloc(1024);

function toLayer({ entries, unpackedBytes }: ParsedLayer, position: number): Image['layers'][number] {
  return {
    position,
    digest: null,
    diffId: diffIdFromHex('0'.repeat(64)),
    mediaType: '',
    downloadBytes: null,
    unpackedBytes,
    entries,
  };
}
