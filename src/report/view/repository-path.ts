/**
 * A path from the working directory as one from the repository's root, `prefix` being where the working directory lies
 * in it. Undefined for what lies outside, for addresses, and for names that no address can hold.
 */
export function repositoryPath(path: string, prefix = ''): string | undefined {
  if (/^(?:[/\\]|[a-z][a-z0-9+.-]*:[/\\])/i.test(path) || /\p{Cs}/u.test(prefix + path)) return undefined;
  const segments: string[] = [];
  for (const segment of `${prefix}/${path}`.split('/')) {
    if (segment === '' || segment === '.') continue;
    if (segment !== '..') segments.push(segment);
    else if (segments.pop() === undefined) return undefined;
  }
  return segments.length === 0 ? undefined : segments.join('/');
}
