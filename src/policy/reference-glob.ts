import picomatch from 'picomatch';
import { z } from 'zod';
import { parseReference } from './image-reference.ts';

/** An image as it was resolved: the digest may stand in the reference or beside it. */
export type ResolvedImage = { readonly reference: string; readonly digest?: string | undefined };

/**
 * `*` stays within one part of the name, `**` crosses them. A glob without tag takes any tag, one with a digest
 * that digest only. `scratch` is matched by `scratch` alone.
 */
export function matchesReference(glob: string, image: ResolvedImage): boolean {
  if (glob === 'scratch' || image.reference === 'scratch') return glob === image.reference;
  const wanted = parseReference(glob);
  const found = parseReference(image.reference);
  return (
    matches(wanted.name, found.name) &&
    (wanted.tag === undefined || matches(wanted.tag, found.tag ?? (found.digest === undefined ? 'latest' : ''))) &&
    (wanted.digest === undefined || [found.digest, image.digest].includes(wanted.digest))
  );
}

/** A glob in a config. `!` is refused, since it would read like a denial that it is not. */
export const referenceGlobSchema = z
  .string()
  .max(500)
  .regex(
    /^(?!.*:\/\/)[^\s@!]+(@[a-z0-9]+:[0-9a-f]{32,})?$/,
    'is no image name or glob, such as node:24-*, gcr.io/distroless/** or scratch',
  );

function matches(glob: string, text: string): boolean {
  return picomatch.isMatch(text, glob, { dot: true, nonegate: true, noextglob: true, windows: false });
}
