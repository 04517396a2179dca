import { z } from 'zod';
import type { Repository } from '../settings/action/run-event.ts';
import { allPages, type Page } from './all-pages.ts';
import type { GitHub } from './connect.ts';
import { explainTrouble } from './explain-trouble.ts';
import { readReply } from './read-reply.ts';

/** Where an entry of the Actions cache was saved: `refs/heads/…` for a push, `refs/pull/…/merge` for a pull request. */
export type CacheScope = { readonly ref: string; readonly key: string };

const entryReply = z.object({ ref: z.string(), key: z.string() });
const listReply = z.object({ actions_caches: z.unknown() });

/** The entries of the Actions cache whose key starts with `key`, in every scope. Needs `actions: read`. */
export async function cacheEntries(
  github: GitHub,
  { repository, key }: { readonly repository: Repository; readonly key: string },
): Promise<{ readonly entries: readonly CacheScope[] } | { readonly warning: string }> {
  const { actions } = github.octokit.rest;
  const where = { owner: repository.owner, repo: repository.name, key };
  try {
    const ask = (page: Page) => actions.getActionsCacheList({ ...where, ...page });
    return { entries: await allPages(entryReply, ask, (data) => readReply(listReply, data).actions_caches) };
  } catch (error) {
    const what = 'list the entries of the Actions cache';
    const { warning } = explainTrouble(github, error, { what, permission: 'actions: read', repository });
    return { warning };
  }
}
