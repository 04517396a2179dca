import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { findMismatch } from '../../src/compare/file-index/match-profile.ts';
import { indexFiles } from '../../src/compare/file-index.ts';
import { applyLayers } from '../../src/image/apply-layers.ts';
import { createProfile } from '../../src/profile/create-profile.ts';
import { directory, file, hardlink, image, layer, symlink, whiteout } from '../support/image-builder.ts';
import { anyImage } from '../support/random-image.ts';

describe('indexFiles', () => {
  it('has every name of the root filesystem in order, with what it shows', () => {
    const built = image(
      layer(directory('/app'), file('/app/z', 'hello', { mode: 0o4755, uid: 7 }), file('/gone', 10)),
      layer(symlink('/app/l', 'z'), whiteout('/gone'), file('/app-b', 3)),
    );
    const { table, layers } = indexFiles(applyLayers(built.layers));
    const rows = [...table].map(({ path, type, mode, uid, bytes, linkTarget }, at) => [
      path,
      type,
      mode,
      uid,
      bytes,
      linkTarget,
      layers[at],
    ]);
    expect(rows).toEqual([
      ['app', 'directory', 0o755, 0, 0, undefined, 0],
      ['app-b', 'file', 0o644, 0, 3, undefined, 1],
      ['app/l', 'symlink', 0o777, 0, 0, 'z', 1],
      ['app/z', 'file', 0o4755, 7, 5, undefined, 0],
    ]);
  });

  it('counts a body with several names under the first of them', () => {
    const built = image(layer(file('/m', 'hello')), layer(hardlink('/b', '/m'), hardlink('/z', '/m')));
    const { table, isFirst } = indexFiles(applyLayers(built.layers));
    expect(
      [...table].map(({ path, bytes, contentHash }, at) => [path, bytes, contentHash !== undefined, isFirst[at]]),
    ).toEqual([
      ['b', 5, true, 1],
      ['m', 5, true, 0],
      ['z', 5, true, 0],
    ]);
  });

  it('fits the profile of its image, whatever the image', () => {
    fc.assert(
      fc.property(anyImage, (built) => {
        const filesystem = applyLayers(built.layers);
        const profile = createProfile(built, filesystem, { provenance: undefined, chain: undefined });
        const index = indexFiles(filesystem);
        expect(findMismatch(index, profile)).toBeUndefined();
        expect([...index.table].map(({ path }) => path)).toEqual(
          [...filesystem.files.values()].map(({ path }) => path),
        );
      }),
    );
  });
});
