import fc from 'fast-check';
import type { Side } from '../../src/compare/compare-profiles.ts';
import { indexFiles } from '../../src/compare/file-index.ts';
import { applyLayers } from '../../src/image/apply-layers.ts';
import type { Image } from '../../src/image/image.ts';
import { createProfile } from '../../src/profile/create-profile.ts';
import {
  device,
  directory,
  type EntrySpec,
  file,
  hardlink,
  image,
  layer,
  opaque,
  symlink,
  whiteout,
} from './image-builder.ts';

const names = ['a', 'a-b', 'a.c', 'b', 'é', '\u{1F600}', '\uffee'];
const path = fc.array(fc.constantFrom(...names), { minLength: 1, maxLength: 4 }).map((parts) => parts.join('/'));
const attributes = fc.record({ mode: fc.constantFrom(0o644, 0o755, 0o4755), uid: fc.constantFrom(0, 1000) });

const entry: fc.Arbitrary<EntrySpec> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc
      .tuple(path, fc.nat(300), attributes, fc.constantFrom('', 'x'))
      .map(([at, size, rest, seed]) => file(at, size, { ...rest, seed })),
  },
  { weight: 2, arbitrary: fc.tuple(path, path, attributes).map(([at, to, rest]) => hardlink(at, to, rest)) },
  { weight: 2, arbitrary: fc.tuple(path, attributes).map(([at, rest]) => directory(at, rest)) },
  { weight: 1, arbitrary: fc.tuple(path, path).map(([at, to]) => symlink(at, `/${to}`)) },
  { weight: 1, arbitrary: path.map((at) => device(at, 'fifo')) },
  { weight: 2, arbitrary: path.map(whiteout) },
  { weight: 1, arbitrary: path.map(opaque) },
);

/** Any image of a few layers, hard links, whiteouts and odd names among them. */
export const anyImage: fc.Arbitrary<Image> = fc
  .array(fc.array(entry, { maxLength: 8 }), { minLength: 1, maxLength: 4 })
  .map((layers) => image(...layers.map((entries) => layer(...entries))));

/** The image as a side of a comparison; so many of its layers are known to be its base. */
export function sideOf(of: Image, baseCount?: number): Side {
  const filesystem = applyLayers(of.layers);
  const knownBase = baseCount === undefined ? undefined : { baseCount, originFrom: 'diff-id' as const };
  return {
    profile: createProfile(of, filesystem, { provenance: undefined, chain: undefined, knownBase }),
    fileIndex: indexFiles(filesystem),
  };
}
