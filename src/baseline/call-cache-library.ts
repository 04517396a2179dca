import { complaintIn, lastAttemptIn } from './cache-complaint.ts';
import { overhear } from './overhear.ts';

/** What we use of @actions/cache. */
export type CacheLibrary = Pick<typeof import('@actions/cache'), 'isFeatureAvailable' | 'restoreCache' | 'saveCache'>;

export type CacheLibraryOptions = {
  /** `process.env` itself: the library reads it, and while it works GITHUB_WORKSPACE names the folder that it works in. */
  readonly env: Record<string, string | undefined>;
  readonly load?: () => Promise<CacheLibrary>;
  readonly timeLimitMs?: number;
};

/** What a call gave, and what the library complained of meanwhile; a failure is the end of a sentence about the cache. */
export type Called<Value> =
  | { readonly value: Value; readonly complaint: string | undefined }
  | { readonly failure: string };

export type CallCacheLibrary = <Value>(
  workspace: string,
  work: (library: CacheLibrary) => Promise<Value>,
) => Promise<Called<Value>>;

const late = Symbol('late');

/**
 * Calls @actions/cache: one call at a time, silently, with a time limit, and never rejecting. The library cannot be
 * stopped: once a call was late, it may still be at work in its folder, and no other one is begun.
 */
export function callCacheLibrary({
  env,
  load = () => import('@actions/cache'),
  timeLimitMs = 30_000,
}: CacheLibraryOptions): CallCacheLibrary {
  let before: Promise<unknown> = Promise.resolve();
  let lost: string | undefined;
  const aloud = env.RUNNER_DEBUG === '1';

  return (workspace, work) => {
    const call = before.then(async () => {
      if (lost !== undefined) return { failure: lost };
      const heard: string[] = [];
      const working = overhear(() => inWorkspace(env, workspace, async () => work(await load())), { heard, aloud });
      try {
        const value = await orLate(working, timeLimitMs);
        if (value !== late) return { value, complaint: complaintIn(heard) };
      } catch (error) {
        return { failure: `failed: ${error instanceof Error ? error.message : String(error)}` };
      }
      const met = lastAttemptIn(heard);
      lost = `gave no answer within ${timeLimitMs / 1000} s${met === undefined ? '' : `: ${met}`}`;
      return { failure: lost };
    });
    before = call;
    return call;
  };
}

/** Until the work has ended, however late: what is unpacked after the limit must not land among the user's files either. */
async function inWorkspace<Value>(
  env: CacheLibraryOptions['env'],
  workspace: string,
  work: () => Promise<Value>,
): Promise<Value> {
  const before = env.GITHUB_WORKSPACE;
  env.GITHUB_WORKSPACE = workspace;
  try {
    return await work();
  } finally {
    // A late one must not undo what was set since.
    if (env.GITHUB_WORKSPACE === workspace) {
      if (before === undefined) delete env.GITHUB_WORKSPACE;
      else env.GITHUB_WORKSPACE = before;
    }
  }
}

async function orLate<Value>(work: Promise<Value>, timeLimitMs: number): Promise<Value | typeof late> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<typeof late>((resolve) => {
    timer = setTimeout(() => resolve(late), timeLimitMs);
  });
  // A refusal after the limit is nobody's any more.
  work.catch(() => {});
  try {
    return await Promise.race([work, limit]);
  } finally {
    clearTimeout(timer);
  }
}
