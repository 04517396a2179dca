import { parseImageReference } from './image-reference.ts';

/** A frontend that reads the Dockerfile language; `heredocs` is false for the releases before 1.4 (1.3-labs), which have none. */
export type Frontend = { readonly kind: 'dockerfile'; readonly heredocs: boolean } | { readonly kind: 'foreign' };

/** Tells Docker's own frontend, its upstream builds and mirrors of both from one that reads another language. */
export function readFrontend(syntax: string | undefined): Frontend {
  // `dockerfile.v0` is the one inside BuildKit, asked for with BUILDKIT_SYNTAX.
  if (syntax === undefined || syntax === 'dockerfile.v0') return { kind: 'dockerfile', heredocs: true };
  const reference = parseImageReference(syntax);
  if (reference === undefined || !/(^|\/)docker\/dockerfile(-upstream)?$/.test(reference.name))
    return { kind: 'foreign' };
  return { kind: 'dockerfile', heredocs: hasHeredocs(reference.tag) };
}

function hasHeredocs(tag: string | undefined): boolean {
  const match = /^(\d+)\.(\d+)(?:\.\d+)?(-labs)?/.exec(tag ?? '');
  if (match === null) return true;
  const [, major, minor, labs] = match;
  return Number(major) > 1 || (Number(major) === 1 && Number(minor) >= (labs === undefined ? 4 : 3));
}
