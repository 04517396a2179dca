import { creatingSide } from '../compare/create-side.ts';
import { applyingLayers } from '../image/apply-layers.ts';
import type { Image } from '../image/image.ts';
import { creatingProfile } from '../profile/create-profile.ts';
import { baseByHistory } from '../profile/known-base.ts';
import type { Profile } from '../profile/profile.ts';
import { splitByHead } from '../profile/split-by-head.ts';
import type { ImageSource } from '../settings/image-source.ts';
import { runInSlices } from '../slices.ts';
import { UserError } from '../user-error.ts';
import { isCommit } from './cache-key.ts';
import type { Baseline, FindBaseline } from './find-baseline.ts';

/** Begins to open an image; what it gives reads all of it. Both throw UserError. */
export type BeginImage = (source: ImageSource, platform: string) => Promise<() => Promise<Image>>;

/**
 * Finds the baseline in an image that exists. Of a registry only the manifest is fetched beside the build; the layers wait
 * for the head, since those that both have need not be read twice.
 */
export function findInImage(source: ImageSource, begin: BeginImage): FindBaseline {
  return async ({ platform, head }) => {
    const skipped = (reason: string) => ({ tried: [{ source: 'image', reason }] });
    try {
      const read = await begin(source, platform);
      const profile = await head;
      if (profile === undefined) return skipped('there is no image to compare it with');
      if (profile.platform !== platform) return skipped(`it would be of platform ${platform}`);
      return { baseline: await describe(await read(), source.written, profile), tried: [] };
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      return skipped(`${source.written} cannot be read: ${error.message}`);
    }
  };
}

async function describe(image: Image, written: string, head: Profile): Promise<Baseline> {
  const filesystem = await runInSlices(applyingLayers(image.layers));
  const clues = { provenance: undefined, chain: undefined, knownBase: baseByHistory(image) };
  const profile = await runInSlices(creatingProfile(image, filesystem, clues));
  const claimed = image.config.labels['org.opencontainers.image.revision'] ?? '';
  const side = await runInSlices(creatingSide({ image, filesystem, profile }));
  return {
    profile: splitByHead(side.profile, head),
    fileIndex: side.fileIndex,
    label: written,
    origin: {
      source: 'image',
      ...(isCommit(claimed) ? { commit: claimed } : {}),
      reference: written,
      digest: image.digest ?? image.configDigest,
      ...(image.created === undefined ? {} : { recordedAt: image.created }),
    },
  };
}
