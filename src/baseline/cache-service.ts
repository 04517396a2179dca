import { lstat, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type CacheLibrary, type CacheLibraryOptions, type Called, callCacheLibrary } from './call-cache-library.ts';
import { largestReport, readText } from './read-text.ts';

/** What came of a question; a failure is the end of a sentence that begins with `the Actions cache`. */
export type Answer<Value> = { readonly value: Value } | { readonly failure: string };

export type CacheService = {
  /** The key of the entry that a download would give: the exact one, else the newest with the prefix. */
  readonly lookUp: (key: string, prefix: string) => Promise<Answer<string | undefined>>;
  /** The text stored under a key. Whoever could write to the cache has written it. */
  readonly download: (key: string) => Promise<Answer<string>>;
  /** False when the key was there already: entries never change. */
  readonly upload: (key: string, text: string) => Promise<Answer<boolean>>;
};

/**
 * The library hashes this text into the version of an entry, so it must be the same in every job and on every machine:
 * neither an absolute path nor the home folder will do, and `..` it refuses. So it is a name in the working folder, but
 * a file lies there only while an entry is recorded, when builds are over. What is downloaded lands in a temporary
 * folder, since builds may be reading the working folder then.
 */
const fileName = '.stagegate-baseline-1.json';

/** The Actions cache as three questions; none of them throws for the service's trouble. `folder` is a temporary one. */
export function openCacheService(options: CacheLibraryOptions & { readonly folder: string }): CacheService {
  const { env, folder } = options;
  const call = callCacheLibrary(options);

  const lookUp: CacheService['lookUp'] = async (key, prefix) => {
    const barred = barredFrom(env, ['read', 'write']);
    if (barred !== undefined) return barred;
    return orComplaint(
      await call(folder, async (library) => {
        refuseAbsent(library);
        return library.restoreCache([fileName], key, [prefix], { lookupOnly: true });
      }),
    );
  };

  const download: CacheService['download'] = async (key) => {
    const place = await mkdtemp(join(folder, 'baseline-')).catch(() => undefined);
    if (place === undefined) return { failure: `could not be unpacked: ${folder} cannot be written` };
    const restored = orComplaint(await call(place, (library) => library.restoreCache([fileName], key)));
    if ('failure' in restored) return restored;
    if (restored.value !== key) return { failure: `has no entry ${key} any more` };
    return readRestored(join(place, fileName));
  };

  const upload: CacheService['upload'] = async (key, text) => {
    const barred = barredFrom(env, ['write', 'write-only']);
    if (barred !== undefined) return barred;
    const cwd = process.cwd();
    const path = join(cwd, fileName);
    let isOurs = false;
    const called = await call(cwd, async (library) => {
      refuseAbsent(library);
      // Never through a link; what an interrupted run left, or a repository brought along under our name, goes.
      await rm(path, { force: true });
      await writeFile(path, text, { flag: 'wx' });
      isOurs = true;
      return library.saveCache([fileName], key);
    });
    if (isOurs) await rm(path, { force: true });
    if ('failure' in called) return called;
    if (called.value !== -1) return { value: true };
    const complaint = called.complaint ?? 'no reason was given';
    return alreadyThere.test(complaint) ? { value: false } : { failure: `failed: ${complaint}` };
  };

  return { lookUp, download, upload };
}

/** Outside of an action, or on a GitHub Enterprise Server without a cache service. */
function refuseAbsent(library: CacheLibrary): void {
  if (!library.isFeatureAvailable()) throw new Error('this runner offers none');
}

const alreadyThere = /\(409\)|already.exist/i;
const knownModes = ['none', 'read', 'write', 'write-only'];

/** `cache-mode` of the workflow or job; one that we do not know bars nothing, as in the library. */
function barredFrom(
  { ACTIONS_CACHE_MODE }: CacheLibraryOptions['env'],
  allowing: readonly string[],
): Answer<never> | undefined {
  const mode = (ACTIONS_CACHE_MODE ?? '').trim().toLowerCase();
  if (!knownModes.includes(mode) || allowing.includes(mode)) return undefined;
  return { failure: `is barred by \`cache-mode: ${mode}\` of this job` };
}

function orComplaint<Value>(called: Called<Value | undefined>): Answer<Value | undefined> {
  if ('failure' in called) return called;
  const { value, complaint } = called;
  return value === undefined && complaint !== undefined ? { failure: `failed: ${complaint}` } : { value };
}

async function readRestored(path: string): Promise<Answer<string>> {
  const entry = await lstat(path).catch(() => undefined);
  if (entry?.isFile() !== true) return { failure: 'has an entry that holds no report' };
  const text = await readText(path, largestReport).catch(() => undefined);
  return text === undefined ? { failure: 'has an entry that is too large to be a report' } : { value: text };
}
