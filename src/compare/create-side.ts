import type { Image } from '../image/image.ts';
import type { RootFilesystem } from '../image/root-filesystem.ts';
import type { Profile, ProfileLayer } from '../profile/profile.ts';
import type { Steps } from '../slices.ts';
import { type FileIndex, indexingFiles } from './file-index.ts';
import { fingerprinting } from './layers/fingerprint.ts';

/** A side that has its file index. */
export type IndexedSide = { readonly profile: Profile; readonly fileIndex: FileIndex };

/** One image with all that a comparison can use: its file index, and fingerprints of its layers in the profile. */
export function* creatingSide({
  image,
  filesystem,
  profile,
}: {
  readonly image: Image;
  readonly filesystem: RootFilesystem;
  readonly profile: Profile;
}): Steps<IndexedSide> {
  const layers: ProfileLayer[] = [];
  for (const layer of profile.layers) {
    const entries = image.layers[layer.position]?.entries ?? [];
    layers.push({ ...layer, fingerprint: yield* fingerprinting(entries) });
  }
  const fileIndex = yield* indexingFiles(filesystem);
  return { profile: { ...profile, layers }, fileIndex };
}
