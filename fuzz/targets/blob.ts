import { gunzipSync, gzipSync } from 'node:zlib';
import { tar } from '../../__tests__/support/tar-writer.ts';
import { readLayer } from '../../src/image/read-layer.ts';
import { mutateBytes } from '../mutate-bytes.ts';
import { mutateTar } from '../mutate-tar.ts';
import { cutAnywhere } from '../pieces.ts';
import { checkSame } from '../promises.ts';
import { attempt } from '../run-guarded.ts';
import type { Target } from '../target.ts';

const content = tar([
  { name: 'a', body: Buffer.alloc(3000, 'hello ') },
  { name: 'd/', flag: '5' },
]);

/** Layer blobs as they are stored: packing and what is inside. */
export const blobTarget: Target = {
  name: 'blob',
  seeds: () => [
    content,
    gzipSync(content),
    Buffer.concat([gzipSync(content.subarray(0, 700)), gzipSync(content.subarray(700)), Buffer.alloc(100)]),
    Buffer.from('502a4d1803000000010203', 'hex'),
    Buffer.from('28b52ffd0000', 'hex'),
  ],
  mutate: (input, other, random) => {
    const inside = random.chance(0.5) ? unpacked(input) : null;
    return inside ? gzipSync(mutateTar(inside, other, random)) : mutateBytes(input, other, random);
  },
  run: async (input) => {
    const whole = await attempt(() => readLayer(pieces([input]), 'layer 0'));
    checkSame(whole, await attempt(() => readLayer(pieces(cutAnywhere(input)), 'layer 0')));
  },
};

async function* pieces(list: readonly Buffer[]): AsyncGenerator<Buffer, void, undefined> {
  for (const piece of list) yield Buffer.from(piece);
}

function unpacked(input: Buffer): Buffer | null {
  try {
    return gunzipSync(input, { maxOutputLength: 100_000 });
  } catch {
    return null;
  }
}
