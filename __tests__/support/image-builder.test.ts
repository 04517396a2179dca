import { describe, expect, it } from '@jest/globals';
import { applyLayers } from '../../src/image/apply-layers.ts';
import { LayerParser } from '../../src/image/layer-parser.ts';
import {
  device,
  directory,
  file,
  hardlink,
  image,
  imageWith,
  layer,
  layerTar,
  opaque,
  symlink,
  whiteout,
} from './image-builder.ts';
import { plainEntries } from './plain-entries.ts';

const everything = layer(
  directory('/d', { mode: 0o700 }),
  file('/d/text', 'hello', { uid: 5 }),
  file('/d/sized', 3000),
  file('/etc/passwd', 'root:x:0:0::/:\n'),
  symlink('/s', '/d/text'),
  hardlink('/h', '/d/text'),
  device('/pipe', 'fifo'),
  device('/dev/null', 'char'),
  whiteout('/gone/file'),
  opaque('/d'),
  opaque('/'),
);

describe('image builder', () => {
  it('says of every entry what a reader says of its tar', () => {
    const parser = new LayerParser('x');
    parser.write(layerTar(everything));
    const built = image(everything).layers[0];
    const parsed = parser.finish();
    expect({ ...parsed, entries: plainEntries(parsed.entries) }).toEqual({
      entries: built?.entries,
      unpackedBytes: built?.unpackedBytes,
      notes: [],
    });
  });

  it('makes the same image of the same layers', () => {
    expect(image(everything)).toEqual(image(everything));
    expect(image(everything).digest).not.toBe(image(layer(file('/x', 1))).digest);
  });

  it('holds files of any size without their bytes', () => {
    const big = image(layer(file('/big', 5_000_000_000)), layer(file('/big', 5_000_000_000, { mode: 0o600 })));
    expect(applyLayers(big.layers)).toMatchObject({
      visibleBytes: 5e9,
      wastedBytes: 5e9,
      waste: [{ reason: 'mode-or-owner' }],
    });
  });

  it('counts a repeated layer once', () => {
    const one = layer(file('/x', 100));
    expect(image(one, one).layers.map(({ downloadBytes }) => downloadBytes === 0)).toEqual([false, true]);
  });

  it('takes config and platform as given', () => {
    expect(imageWith({ platform: 'linux/arm64', config: { user: '65532' } })).toMatchObject({
      platform: 'linux/arm64',
      layers: [],
      config: { user: '65532', env: [] },
    });
  });
});
