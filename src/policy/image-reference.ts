/** An image reference in its full form: `alpine` is `docker.io/library/alpine`. */
export type ImageReference = { readonly name: string; readonly tag?: string; readonly digest?: string };

/** Splits a reference or a glob over references; the tag is left out where none is written. */
export function parseReference(text: string): ImageReference {
  const [tagged = '', digest] = text.split('@', 2);
  const colon = tagged.indexOf(':', tagged.lastIndexOf('/') + 1);
  const name = colon === -1 ? tagged : tagged.slice(0, colon);
  return {
    name: fullName(name),
    ...(colon === -1 ? {} : { tag: tagged.slice(colon + 1) }),
    ...(digest === undefined ? {} : { digest }),
  };
}

/** The rule of the distribution project: what looks like a host is one, all else is on Docker Hub. */
function fullName(name: string): string {
  const [first = '', ...rest] = name.split('/');
  if (first === '**') return name;
  const hasHost = rest.length > 0 && (/[.:]/.test(first) || first === 'localhost' || first !== first.toLowerCase());
  const [host, path] = hasHost ? [first, rest] : ['docker.io', [first, ...rest]];
  if (host !== 'docker.io' && host !== 'index.docker.io') return [host, ...path].join('/');
  return ['docker.io', ...(path.length === 1 && path[0] !== '**' ? ['library'] : []), ...path].join('/');
}
