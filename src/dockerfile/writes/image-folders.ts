import { parseImageReference } from '../image-reference.ts';
import { below, type Region } from './region.ts';

/**
 * Whether an image that nobody here has read is known to hold nothing in a region: Docker's official images and the
 * distroless ones install where their distribution does, and leave the folders that Dockerfiles work in to those.
 */
export function isLeftAlone(reference: string, { path }: Pick<Region, 'path'>): boolean {
  const name = parseImageReference(reference)?.name;
  if (name === undefined || !/^(?:docker\.io\/library|gcr\.io\/distroless)\//.test(name)) return false;
  return isWorkFolder({ path });
}

/** A folder that Dockerfiles work in and distributions leave alone, or something in it. */
export function isWorkFolder({ path }: Pick<Region, 'path'>): boolean {
  return workFolders.some((folder) => below(folder, path) !== undefined);
}

const workFolders = [
  'app',
  'artifacts',
  'build',
  'code',
  'dist',
  'out',
  'output',
  'project',
  'release',
  'src',
  'target',
].concat(['work', 'workdir', 'workspace', 'usr/src/app']);
