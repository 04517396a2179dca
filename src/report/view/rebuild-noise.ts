import type { Delta } from '../../compare/delta.ts';

/**
 * What a delta says where layers have new digests and that is all: no file changed, no setting, no size. Undefined where
 * anything else did. It is told as the quiet thing that it is.
 */
export function rebuildNoise({ notes, files, packages, config, unpackedBytes }: Delta): string | undefined {
  if (unpackedBytes !== 0 || files.length + packages.length + config.length > 0) return undefined;
  const note = notes.find((each) => each.startsWith('No file '));
  return note?.replace(/^N/, 'n');
}
