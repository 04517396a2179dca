import { describe, expect, it } from '@jest/globals';
import { buildCache, type CacheRequest, cacheAccess, hasCacheService, noCache } from '../../src/build/build-cache.ts';
import { builder, imageEntry } from './image-entry.ts';

const service = { ACTIONS_RUNTIME_TOKEN: 'token', ACTIONS_RESULTS_URL: 'http://127.0.0.1/' };
const classic = builder({ store: 'classic', exportsOci: false });

function request(changes: Partial<CacheRequest> = {}): CacheRequest {
  return {
    entry: imageEntry({ platform: 'linux/amd64' }),
    target: 'runtime',
    purpose: 'final',
    builder: builder(),
    env: service,
    ...changes,
  };
}

describe('the build cache', () => {
  it("is the workflow's cache service where there is one, and never fails the build", () => {
    expect(buildCache(request())).toEqual({
      from: ['type=gha,scope=stagegate.api.runtime.linux-amd64'],
      to: ['type=gha,mode=max,ignore-error=true,scope=stagegate.api.runtime.linux-amd64'],
      isOwnChoice: true,
    });
  });

  it('has a scope for each image, target and platform', () => {
    const scopes = [
      request(),
      request({ target: 'test', purpose: 'test' }),
      request({ target: undefined }),
      request({ target: undefined, purpose: 'test' }),
      request({ entry: imageEntry({ platform: 'linux/arm64' }) }),
      request({ entry: imageEntry({ name: 'web', platform: 'linux/amd64' }) }),
    ].map((each) => buildCache(each).from[0]);
    expect(new Set(scopes).size).toBe(scopes.length);
  });

  it('keeps a name from adding an attribute', () => {
    const { to } = buildCache(request({ target: 'a,token=x "y"' }));
    expect(to).toEqual(['type=gha,mode=max,ignore-error=true,scope=stagegate.api.a-token-x-y-.linux-amd64']);
  });

  it.each([
    ['outside an Action', { env: {} }],
    ['without a token', { env: { ACTIONS_RESULTS_URL: 'http://127.0.0.1/' } }],
    ['on the classic store, which would fail the build', { builder: classic }],
    ['where the job forbids it', { env: { ...service, ACTIONS_CACHE_MODE: 'none' } }],
  ])('is none %s', (_, changes) => {
    expect(buildCache(request(changes))).toEqual(noCache);
  });

  it('is only read in a job whose cache is read-only, and only written in a write-only one', () => {
    const read = buildCache(request({ env: { ...service, ACTIONS_CACHE_MODE: 'read' } }));
    expect([read.from.length, read.to.length]).toEqual([1, 0]);
    const written = buildCache(request({ env: { ...service, ACTIONS_CACHE_MODE: 'write-only' } }));
    expect([written.from.length, written.to.length]).toEqual([0, 1]);
  });

  it('is what the user named, written by the final build alone', () => {
    const entry = imageEntry({ cacheFrom: ['type=registry,ref=a'], cacheTo: ['type=registry,ref=b'] });
    const isOwnChoice = false;
    const from = ['type=registry,ref=a'];
    expect(buildCache(request({ entry }))).toEqual({ from, to: ['type=registry,ref=b'], isOwnChoice });
    expect(buildCache(request({ entry, purpose: 'test' }))).toEqual({ from, to: [], isOwnChoice });
  });
});

it('knows the cache service by its token and either address', () => {
  expect(hasCacheService({ ACTIONS_RUNTIME_TOKEN: 't', ACTIONS_CACHE_URL: 'http://127.0.0.1/' })).toBe(true);
  expect(hasCacheService({ ACTIONS_RUNTIME_TOKEN: 't', ACTIONS_CACHE_URL: '' })).toBe(false);
});

it('allows everything where no cache mode is set', () => {
  expect(cacheAccess({})).toEqual({ reads: true, writes: true });
});
