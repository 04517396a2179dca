import { entryTypes, hasHashBit } from '../../image/entry-table.ts';
import type { Profile } from '../../profile/profile.ts';
import type { FileIndex } from '../file-index.ts';

/** Why the index cannot be of the image that the profile describes, the rest of a sentence; undefined when it can. */
export function findMismatch({ table, layers, isFirst }: FileIndex, profile: Profile): string | undefined {
  const { types, bytes } = table.columns;
  let visibleBytes = 0;
  let files = 0;
  for (let at = 0; at < table.length; at++) {
    if ((layers[at] ?? 0) >= profile.layers.length) return `names layer ${layers[at]}, which the image does not have`;
    if (isFirst[at] === 1) visibleBytes += bytes[at] ?? 0;
    const typeBits = types[at] ?? 0;
    const isFile = entryTypes[typeBits & ~hasHashBit] === 'file';
    if (isFile || (typeBits & hasHashBit) !== 0) files++;
  }
  if (visibleBytes !== profile.size.visibleBytes) {
    return `holds ${visibleBytes} bytes of files, where the image shows ${profile.size.visibleBytes}`;
  }
  return files === profile.files.count ? undefined : `holds ${files} files, where the image has ${profile.files.count}`;
}
