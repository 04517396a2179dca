import type { ImageEntry } from '../settings/settings.ts';
import type { Builder } from './build-record.ts';

/** Values of `--cache-from` and `--cache-to` of one build. */
export type BuildCache = {
  readonly from: readonly string[];
  readonly to: readonly string[];
  /** The user named none: what goes wrong with it must not fail the build. */
  readonly isOwnChoice: boolean;
};

type Environment = Readonly<Record<string, string | undefined>>;

export type CacheRequest = {
  readonly entry: Pick<ImageEntry, 'name' | 'cacheFrom' | 'cacheTo' | 'platform'>;
  readonly target: string | undefined;
  readonly purpose: 'test' | 'final';
  readonly builder: Pick<Builder, 'exportsOci' | 'platform'>;
  /** Only steps of a GitHub Action have the cache service's token in it. */
  readonly env: Environment;
};

export const noCache: BuildCache = { from: [], to: [], isOwnChoice: false };

/**
 * Where a build reads and writes its build cache: what the user named, else the workflow's own cache service
 * (`type=gha`) where it can be reached and the builder can export to it, with a scope for each image, target and platform.
 */
export function buildCache(request: CacheRequest): BuildCache {
  const { entry, purpose, builder, env } = request;
  // Two builds that write one place at the same time leave what the later one wrote: the final one does it.
  if (entry.cacheFrom.length + entry.cacheTo.length > 0) {
    return { from: entry.cacheFrom, to: purpose === 'final' ? entry.cacheTo : [], isOwnChoice: false };
  }
  if (!hasCacheService(env) || !canExportCache(builder)) return noCache;
  const scope = `scope=${cacheScope(request)}`;
  const { reads, writes } = cacheAccess(env);
  if (!reads && !writes) return noCache;
  return {
    from: reads ? [`type=gha,${scope}`] : [],
    to: writes ? [`type=gha,mode=max,ignore-error=true,${scope}`] : [],
    isOwnChoice: true,
  };
}

/** The docker driver on the classic store fails a build that it is asked to export the cache of. */
export function canExportCache({ exportsOci }: Pick<Builder, 'exportsOci'>): boolean {
  return exportsOci;
}

/** True inside an Action, where the runner hands over address and token of the workflow's cache service. */
export function hasCacheService(env: Environment): boolean {
  return isSet(env.ACTIONS_RUNTIME_TOKEN) && (isSet(env.ACTIONS_RESULTS_URL) || isSet(env.ACTIONS_CACHE_URL));
}

/** `cache-mode` of the job, which the runner passes on: `read`, `write`, `write-only` or `none`; all is allowed by default. */
export function cacheAccess({ ACTIONS_CACHE_MODE: mode }: Environment): {
  readonly reads: boolean;
  readonly writes: boolean;
} {
  return { reads: mode !== 'none' && mode !== 'write-only', writes: mode !== 'none' && mode !== 'read' };
}

function cacheScope({ entry, target, purpose, builder }: CacheRequest): string {
  const platform = entry.platform ?? builder.platform ?? 'default';
  return ['stagegate', entry.name, target ?? `default-${purpose}`, platform].map(safe).join('.');
}

/** buildx reads the value as a CSV record, and the service makes the scope part of a key. */
function safe(part: string): string {
  return part.replace(/[^A-Za-z0-9_-]+/g, '-');
}

function isSet(value: string | undefined): boolean {
  return value !== undefined && value !== '';
}
