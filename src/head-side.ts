import { creatingSide, type IndexedSide } from './compare/create-side.ts';
import type { Image } from './image/image.ts';
import type { RootFilesystem } from './image/root-filesystem.ts';
import type { FindMadeBy } from './profile/name-makers.ts';
import type { Profile } from './profile/profile.ts';
import { runInSlices } from './slices.ts';

/** An image that was weighed here. */
export type Weighed = {
  readonly profile: Profile;
  readonly image: Image;
  readonly filesystem: RootFilesystem;
  /** Undefined where the stages are not known. */
  readonly findMadeBy?: FindMadeBy | undefined;
};

/** One side of a comparison. Its file index is made when it is first asked for, and once: not every run needs one. */
export type HeadSide = Pick<Weighed, 'profile' | 'findMadeBy'> & { readonly withIndex: () => Promise<IndexedSide> };

/** The image as a side. */
export function headSide(weighed: Weighed): HeadSide {
  let indexed: Promise<IndexedSide> | undefined;
  return {
    profile: weighed.profile,
    findMadeBy: weighed.findMadeBy,
    withIndex: () => {
      indexed ??= runInSlices(creatingSide(weighed));
      return indexed;
    },
  };
}
