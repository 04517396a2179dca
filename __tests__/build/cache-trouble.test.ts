import { describe, expect, it } from '@jest/globals';
import type { BuildStep } from '../../src/build/build-record.ts';
import { cacheRefusal, cacheTroubles } from '../../src/build/cache-trouble.ts';
import { explainFailure } from '../../src/build/explain-failure.ts';

function failureOf(message: string) {
  return explainFailure({
    file: 'Dockerfile',
    exitCode: 1,
    steps: [],
    step: undefined,
    log: [],
    solveError: { message },
  });
}

function step(changes: Partial<BuildStep>): BuildStep {
  const rest = { vertex: 'sha256:1', cached: false, ran: true, durationMs: 1 };
  return { ...rest, name: 'exporting to GitHub Actions Cache', kind: 'cache', ...changes };
}

describe('a build cache that BuildKit refuses', () => {
  it('is told apart from a Dockerfile that it refuses', () => {
    const failure = failureOf('failed to configure gha cache exporter: invalid token');
    expect(failure.fault).toBe('infrastructure');
    expect(cacheRefusal({ failure })).toBe('failed to configure gha cache exporter: invalid token');
    expect(cacheRefusal({ failure: failureOf('dockerfile parse error on line 3') })).toBeUndefined();
    expect(cacheRefusal({})).toBeUndefined();
  });
});

describe('a build cache that breaks under a build', () => {
  const error = 'PUT https://cache.example/?sig=signature: 403';

  it('is said without the addresses in BuildKit’s own words', () => {
    const steps = [step({ error }), step({ name: 'importing cache manifest from gha:1', error })];
    const sentences = cacheTroubles({ status: 'built', steps });
    expect(sentences).toEqual([expect.stringContaining('not export'), expect.stringContaining('not import')]);
    expect(sentences.join(' ')).not.toContain('sig=');
  });

  it('is nothing where it worked, and where the build failed for another reason', () => {
    expect(cacheTroubles({ status: 'built', steps: [step({})] })).toEqual([]);
    expect(cacheTroubles({ status: 'failed', steps: [step({ error })] })).toEqual([]);
  });
});
