/** An entry in GitHub's list of caches: `ref` is the branch or pull request whose runs wrote it. */
type CacheScope = { readonly ref: string; readonly key: string };

/** Lists the repository's cache entries whose key begins so, which takes `actions: read`; a warning says why it cannot. */
export type ListEntries = (
  key: string,
) => Promise<{ readonly entries: readonly CacheScope[] } | { readonly warning: string }>;

export type Verification =
  | { readonly kind: 'verified' }
  | { readonly kind: 'unverified'; readonly reason: string }
  | { readonly kind: 'refused'; readonly reason: string };

/**
 * Says whose runs wrote the entry that a restore would give. Only three scopes are searched: this run's own first, then
 * the base branch, then the default branch. So an entry in the own scope is the one that we would get.
 */
export async function verifyEntry(
  key: string,
  { ref, baseRef, listEntries }: { ref: string; baseRef: string; listEntries: ListEntries },
): Promise<Verification> {
  const listed = await listEntries(key);
  if ('warning' in listed) return { kind: 'unverified', reason: listed.warning };
  const refs = listed.entries.filter((entry) => entry.key === key).map((entry) => entry.ref);
  if (ref !== baseRef && refs.includes(ref)) return { kind: 'refused', reason: plantedReason(ref) };
  if (refs.some((each) => each.startsWith('refs/heads/'))) return { kind: 'verified' };
  return { kind: 'unverified', reason: "GitHub's list of caches does not show it" };
}

function plantedReason(ref: string): string {
  const run = /^refs\/pull\/\d+\//.test(ref) ? 'this pull request' : ref;
  return `it was recorded by a run of ${run} instead of the base branch, so it could have been planted`;
}
