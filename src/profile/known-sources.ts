import type { Known } from '../dockerfile/writes/known.ts';
import { normalPath, type Region } from '../dockerfile/writes/region.ts';
import type { Image } from '../image/image.ts';
import type { Steps } from '../slices.ts';
import type { Profile } from './profile.ts';

/**
 * What a read image tells of the others: stages that start from the same base hold what its base layers hold. Of an
 * image only the two upper levels of its folders are kept, which is enough to say that it has nothing at a place.
 */
export function* knowingBase({ layers }: Image, profile: Pick<Profile, 'base' | 'layers'>): Steps<Known['image']> {
  const { reference } = profile.base;
  const baseLayers = layers.filter(({ position }) => profile.layers[position]?.origin === 'base');
  const folders = new Set<string>();
  let count = 0;
  for (const { entries } of reference === undefined ? [] : baseLayers) {
    for (const { path } of entries) {
      if (++count % namesAStep === 0) yield;
      const [top = '', second] = normalPath(path).split('/', 2);
      folders.add(top);
      if (second !== undefined) folders.add(`${top}/${second}`);
    }
  }
  return (asked, region) => (asked === reference && baseLayers.length > 0 ? mayHold(folders, region) : undefined);
}

/** About a millisecond's. */
const namesAStep = 500;

function mayHold(folders: ReadonlySet<string>, { path, isTree }: Region): boolean {
  const [top = '', second] = path.split('/', 2);
  if (path === '') return isTree;
  return folders.has(second === undefined ? top : `${top}/${second}`);
}
