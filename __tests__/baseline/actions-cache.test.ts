import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { baselineKey } from '../../src/baseline/cache-key.ts';
import type { CacheLibrary } from '../../src/baseline/call-cache-library.ts';
import { findInActionsCache } from '../../src/baseline/find-in-actions-cache.ts';
import { overhear } from '../../src/baseline/overhear.ts';
import { recordInActionsCache } from '../../src/baseline/record-in-actions-cache.ts';
import type { ListEntries } from '../../src/baseline/verify-entry.ts';
import type { Report } from '../../src/report/report.ts';
import { imageEntry } from '../build/image-entry.ts';
import { ActionsCacheServer, type CacheRun } from '../support/actions-cache-server.ts';
import { createProfile } from '../support/profile.ts';
import { createImageReport, createReport, createUnbuiltPlatform } from '../support/report.ts';

const main = 'refs/heads/main';
const pullRequest = 'refs/pull/7/merge';
const push: CacheRun = { scopes: [main] };
const review: CacheRun = { scopes: [pullRequest, main] };
const older = 'a'.repeat(40);
const newer = 'b'.repeat(40);

const home = process.cwd();
const environment = { ...process.env };
let server: ActionsCacheServer;
let place: string;

beforeEach(async () => {
  server = new ActionsCacheServer();
  await server.start();
  place = realpathSync(mkdtempSync(join(tmpdir(), 'stagegate-test-')));
  for (const folder of ['checkout', 'elsewhere', 'temp']) execFileSync('mkdir', [join(place, folder)]);
  process.chdir(join(place, 'checkout'));
});

afterEach(async () => {
  await server.stop();
  await Promise.allSettled(atWork.splice(0));
  process.chdir(home);
  for (const name of Object.keys(process.env)) if (!(name in environment)) delete process.env[name];
  Object.assign(process.env, environment);
  rmSync(place, { recursive: true, force: true });
}, 20_000);

/** The library cannot be stopped: what a test gave up is still at work when it ends. */
const atWork: Promise<unknown>[] = [];

async function load(): Promise<CacheLibrary> {
  const { isFeatureAvailable, restoreCache, saveCache } = await import('@actions/cache');
  const kept = <Value>(work: Promise<Value>): Promise<Value> => {
    atWork.push(work);
    return work;
  };
  return {
    isFeatureAvailable,
    restoreCache: (...args) => kept(restoreCache(...args)),
    saveCache: (...args) => kept(saveCache(...args)),
  };
}

/** That of `createReport`. */
const subject = {
  image: 'api',
  dockerfile: 'services/api/Dockerfile',
  target: 'runtime',
  variant: undefined,
  platform: 'linux/amd64',
  branch: 'main',
};

/** What the runner sets for a step of this run; `changes` on top. */
function enter(run: CacheRun, changes: Record<string, string> = {}): void {
  const runner = { RUNNER_TEMP: join(place, 'temp'), GITHUB_WORKSPACE: process.cwd() };
  Object.assign(process.env, runner, server.environment(run), changes);
}

function reportOf(commit: string, overrides: Partial<Report> = {}): Report {
  const report = createReport(overrides);
  return { ...report, run: { ...report.run, commit } };
}

function record(report: Report, timeLimitMs = 20_000) {
  const folder = join(place, 'temp');
  return recordInActionsCache({ env: process.env, folder, report, branch: 'main', timeLimitMs, load });
}

async function recordOnPush(commit: string): Promise<void> {
  enter(push);
  expect(await record(reportOf(commit))).toEqual([expect.objectContaining({ kind: 'recorded' })]);
}

const listed: ListEntries = async (key) => ({ entries: server.list(key) });
const unlisted: ListEntries = async () => ({ warning: 'the job lacks `actions: read`' });

function find(commit: string, { listEntries = listed, timeLimitMs = 20_000 } = {}) {
  const base = { branch: 'main', commit };
  const folder = join(place, 'temp');
  const run = { env: process.env, folder, ref: pullRequest, base };
  return findInActionsCache({ ...run, listEntries, timeLimitMs, load })({
    entry: imageEntry({ dockerfileAsWritten: subject.dockerfile, target: subject.target }),
    platform: 'linux/amd64',
    head: Promise.resolve(undefined),
  });
}

/** Stores this text as the run would, without our recording. */
async function plant(key: string, make: (path: string) => void): Promise<void> {
  const path = '.stagegate-baseline-1.json';
  make(path);
  await overhear(async () => (await load()).saveCache([path], key), { heard: [] });
  rmSync(path);
}

const keyOf = (commit: string) => baselineKey(subject, commit);

describe('a baseline in the Actions cache', () => {
  it('is recorded by a push, and found by its commit in a pull request', async () => {
    await recordOnPush(older);
    await recordOnPush(newer);
    enter(review);
    const { baseline, tried, wantedCommit } = await find(older);
    expect(tried).toEqual([]);
    expect(wantedCommit).toBe(older);
    expect(baseline).toMatchObject({ label: 'the baseline of main at aaaaaaa', profile: createProfile() });
    expect(baseline?.origin).toEqual({
      source: 'actions-cache',
      commit: older,
      wantedCommit: older,
      verdict: 'pass',
      findings: 0,
      ref: main,
      recordedAt: createReport().run.startedAt,
      verified: true,
    });
  });

  it('leaves nothing in the checkout, neither of recording nor of looking up', async () => {
    await recordOnPush(older);
    expect(readdirSync('.')).toEqual([]);
    enter(review);
    expect((await find(older)).baseline).toBeDefined();
    expect(readdirSync('.')).toEqual([]);
    expect(process.env.GITHUB_WORKSPACE).toBe(process.cwd());
  });

  it('prints nothing of what the library says, whatever came of it', async () => {
    const printed: string[] = [];
    const { write } = process.stdout;
    process.stdout.write = (chunk: string | Uint8Array) => printed.push(String(chunk)) > 0;
    try {
      await recordOnPush(older);
      await recordOnPush(older);
      enter(review);
      await find(older);
      await server.stop();
      await find(older);
    } finally {
      process.stdout.write = write;
      await server.start();
    }
    expect(printed.filter((line) => !line.startsWith('::add-mask::'))).toEqual([]);
  });

  it('is found from another working folder on another machine', async () => {
    await recordOnPush(older);
    process.chdir(join(place, 'elsewhere'));
    enter(review);
    expect((await find(older)).baseline).toBeDefined();
  });

  it('is the newest of the branch where the base commit has none', async () => {
    await recordOnPush(older);
    await recordOnPush(newer);
    enter(review);
    const wanted = 'c'.repeat(40);
    expect((await find(wanted)).baseline?.origin).toMatchObject({ commit: newer, wantedCommit: wanted });
  });

  it('is not there on the first run, which says what will record one', async () => {
    enter(review);
    expect(await find(older)).toEqual({
      tried: [
        {
          source: 'actions-cache',
          reason: 'none is recorded yet, the next push to main will record one (wanted: aaaaaaa)',
        },
      ],
      wantedCommit: older,
    });
  });

  it.each([older, newer])(
    'is refused when a run of the pull request planted it at %s, and is not even downloaded',
    async (commit) => {
      await recordOnPush(older);
      enter({ scopes: [pullRequest] });
      await plant(keyOf(commit), (path) => writeFileSync(path, JSON.stringify(reportOf(commit))));
      enter(review);
      const asked = server.asked.length;
      const { baseline, tried } = await find(older);
      expect(baseline).toBeUndefined();
      expect(tried[0]?.reason).toContain('was refused: it was recorded by a run of this pull request');
      expect(server.asked.slice(asked)).toEqual(['GetCacheEntryDownloadURL']);
    },
  );

  it('is good though another pull request planted one under the same key in its own scope', async () => {
    await recordOnPush(older);
    enter({ scopes: ['refs/pull/8/merge'] });
    await plant(keyOf(older), (path) => writeFileSync(path, 'planted'));
    enter(review);
    expect((await find(older)).baseline?.origin).toMatchObject({ verified: true });
  });

  it('is unverified where the token may not list the entries, and says why', async () => {
    await recordOnPush(older);
    enter(review);
    const { baseline } = await find(older, { listEntries: unlisted });
    expect(baseline?.origin).toMatchObject({
      verified: false,
      unverifiedReason: 'the job lacks `actions: read`',
    });
  });

  it.each([
    ['half a report', () => JSON.stringify(reportOf(older)).slice(0, 500), 'is not complete JSON'],
    ['nothing', () => '', 'is not complete JSON'],
    ['the report of another commit', () => JSON.stringify(reportOf(newer)), `was recorded at ${newer}`],
    ['another image', () => JSON.stringify(reportOf(older, { images: [] })), 'has no image named api'],
    ['far too much', () => ' '.repeat(65 * 2 ** 20), 'has an entry that is too large to be a report'],
  ])('is left alone when the entry holds %s', async (_, text, reason) => {
    enter(push);
    await plant(keyOf(older), (path) => writeFileSync(path, text()));
    enter(review);
    const { baseline, tried } = await find(older);
    expect(baseline).toBeUndefined();
    expect(tried[0]?.reason).toContain(reason);
  });

  it('is left alone when the bytes of the entry are broken', async () => {
    await recordOnPush(older);
    for (const entry of server.entries) entry.bytes = entry.bytes.subarray(0, 40);
    enter(review);
    expect((await find(older)).tried[0]?.reason).toMatch(
      /the Actions cache failed: .*tar.* \(wanted: aaaaaaa of main\)/,
    );
  });

  it('is left alone when the entry holds a link instead of a file', async () => {
    enter(push);
    await plant(keyOf(older), (path) => symlinkSync('/etc/passwd', path));
    enter(review);
    expect((await find(older)).tried[0]?.reason).toContain('holds no report');
  });
});

describe('recording', () => {
  it('leaves the entry of a commit as it is when a re-run records it again', async () => {
    await recordOnPush(older);
    const before = server.entries[0]?.bytes;
    enter(push);
    expect(await record(reportOf(older))).toMatchObject([{ kind: 'recorded', isNew: false }]);
    expect(server.entries).toHaveLength(1);
    expect(server.entries[0]?.bytes).toBe(before);
  });

  it('makes an entry for each image that was weighed, and says which one was not', async () => {
    enter(push);
    const unbuilt = createImageReport({ name: 'worker', platforms: [createUnbuiltPlatform()] });
    const report = reportOf(older, { images: [createImageReport(), createImageReport({ name: 'my-web' }), unbuilt] });
    expect(await record(report)).toMatchObject([
      { image: 'api', kind: 'recorded', isNew: true },
      { image: 'my-web', kind: 'recorded', isNew: true },
      { image: 'worker', kind: 'skipped', reason: 'worker was not weighed' },
    ]);
    expect(server.entries.map((entry) => entry.ref)).toEqual([main, main]);
  });

  it('needs the commit of the run', async () => {
    enter(push);
    const { run, ...report } = createReport();
    expect(await record({ ...report, run: { startedAt: run.startedAt } })).toMatchObject([
      { kind: 'skipped', reason: 'the commit of this run is not known' },
    ]);
  });

  it('goes through no link that the repository has in its place', async () => {
    enter(push);
    const target = join(place, 'elsewhere', 'target');
    writeFileSync(target, 'mine');
    symlinkSync(target, '.stagegate-baseline-1.json');
    expect(await record(reportOf(older))).toMatchObject([{ kind: 'recorded' }]);
    expect(await readFile(target, 'utf8')).toBe('mine');
    expect(readdirSync('.')).toEqual([]);
  });
});

describe('a cache service in trouble', () => {
  const reasonOfFinding = async (timeLimitMs?: number) =>
    (await find(older, timeLimitMs === undefined ? {} : { timeLimitMs })).tried[0]?.reason;
  const reasonOfRecording = async (timeLimitMs?: number) => {
    const [result] = await record(reportOf(older), timeLimitMs);
    return result?.kind === 'skipped' ? result.reason : result?.kind;
  };

  it('that is gone gives a reason', async () => {
    enter(push);
    await server.stop();
    expect(await reasonOfFinding()).toContain(
      'the Actions cache failed: Failed to GetCacheEntryDownloadURL: Unable to make request: ECONNREFUSED (wanted',
    );
    expect(await reasonOfRecording()).toContain(
      'the Actions cache failed: Failed to CreateCacheEntry: Unable to make request: ECONNREFUSED',
    );
    await server.start();
  });

  it('that hangs is given up after the time limit, once for all images', async () => {
    enter(push);
    server.fault = 'hang';
    expect(await reasonOfFinding(300)).toContain('the Actions cache gave no answer within 0.3 s');
    const began = Date.now();
    const images = ['a', 'b', 'c', 'd'].map((name) => createImageReport({ name }));
    const results = await record(reportOf(older, { images }), 600);
    expect(results.map((each) => each.kind)).toEqual(['skipped', 'skipped', 'skipped', 'skipped']);
    expect(Date.now() - began).toBeLessThan(1_500);
    expect(readdirSync('.')).toEqual([]);
  });

  it('that answers only after the limit has its download unpacked outside of the checkout', async () => {
    await recordOnPush(older);
    enter(review);
    server.fault = 'hang';
    await reasonOfFinding(100);
    expect(process.env.GITHUB_WORKSPACE).toBe(join(place, 'temp'));
  });

  it('that answers with status 500 is asked again until the time limit, and named', async () => {
    enter(push);
    server.fault = 500;
    expect(await reasonOfFinding(1_000)).toMatch(/gave no answer within 1 s: Failed request: \(500\).*out of order/);
  });

  it('that refuses gives its refusal', async () => {
    enter(push);
    server.fault = 403;
    expect(await reasonOfFinding()).toContain('(403) Forbidden: out of order');
    expect(await reasonOfRecording()).toContain('(403) Forbidden: out of order');
  });

  it('that gave a read-only token records nothing and says so', async () => {
    enter({ ...push, isReadOnly: true });
    expect(await reasonOfRecording()).toContain('cache write denied: the token of this run is read-only');
  });

  it.each([
    ['none', '`cache-mode: none`', '`cache-mode: none`'],
    ['read', 'none is recorded yet', '`cache-mode: read`'],
    ['write-only', '`cache-mode: write-only`', 'recorded'],
  ])('that a job bars with cache-mode %s is respected', async (mode, finding, recording) => {
    enter(review, { ACTIONS_CACHE_MODE: mode });
    expect(await reasonOfFinding()).toContain(finding);
    expect(await reasonOfRecording()).toContain(recording);
    expect(server.entries).toHaveLength(mode === 'write-only' ? 1 : 0);
  });

  it('that does not exist, as outside of an action, gives a reason', async () => {
    enter(push);
    delete process.env.ACTIONS_RESULTS_URL;
    expect(await reasonOfFinding()).toContain('the Actions cache failed: this runner offers none');
    expect(await reasonOfRecording()).toContain('this runner offers none');
  });
});
