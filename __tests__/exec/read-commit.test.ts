import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { firstParent } from '../../src/exec/read-commit.ts';

const place = mkdtempSync(join(tmpdir(), 'stagegate-test-'));
const origin = join(place, 'origin');
const checkout = join(place, 'checkout');
const env = { PATH: process.env.PATH, HOME: place, GIT_CONFIG_NOSYSTEM: '1' };
const commits = { base: '', head: '', merge: '' };

const git = (...args: string[]): string =>
  execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@t', ...args], { encoding: 'utf8', env, stdio: 'pipe' });

function commit(message: string): string {
  git('-C', origin, 'commit', '--quiet', '--allow-empty', '--message', message);
  return git('-C', origin, 'rev-parse', 'HEAD').trim();
}

/** As GitHub makes and actions/checkout fetches it: a merge of the head into the base, alone. */
beforeAll(() => {
  git('init', '--quiet', '--initial-branch=main', origin);
  commit('first');
  git('-C', origin, 'checkout', '--quiet', '-b', 'topic');
  commits.head = commit('topic');
  git('-C', origin, 'checkout', '--quiet', 'main');
  commits.base = commit('base');
  git('-C', origin, 'merge', '--quiet', '--no-ff', '--message', `Merge\n\nparent ${'0'.repeat(40)}`, 'topic');
  commits.merge = git('-C', origin, 'rev-parse', 'HEAD').trim();
  git('clone', '--quiet', '--depth=1', pathToFileURL(origin).href, checkout);
});
afterAll(() => rmSync(place, { recursive: true, force: true }));

describe('firstParent', () => {
  it('is the base side of the merge commit, though a checkout of depth 1 has no parents', async () => {
    expect(git('-C', checkout, 'rev-list', '--count', 'HEAD').trim()).toBe('1');
    expect(await firstParent({ cwd: checkout, commit: commits.merge, env })).toBe(commits.base);
  });

  it('is read though the checkout belongs to another user', async () => {
    const foreign = { ...env, GIT_TEST_ASSUME_DIFFERENT_OWNER: '1' };
    expect(() => execFileSync('git', ['-C', checkout, 'rev-parse', 'HEAD'], { env: foreign, stdio: 'pipe' })).toThrow(
      'dubious ownership',
    );
    expect(await firstParent({ cwd: checkout, commit: commits.merge, env: foreign })).toBe(commits.base);
  });

  it('is not known when another commit is checked out', async () => {
    expect(await firstParent({ cwd: checkout, commit: commits.base, env })).toBeUndefined();
  });

  it('is not known when what is checked out is no merge', async () => {
    git('-C', origin, 'checkout', '--quiet', commits.head);
    expect(await firstParent({ cwd: origin, commit: commits.head, env })).toBeUndefined();
  });

  it('is not known outside of a repository, without git, or when git gives no answer', async () => {
    expect(await firstParent({ cwd: tmpdir(), commit: commits.merge, env })).toBeUndefined();
    expect(await firstParent({ cwd: checkout, commit: commits.merge, env: { ...env, PATH: '' } })).toBeUndefined();
    const probe = () => Promise.reject(new Error('too late'));
    expect(await firstParent({ cwd: checkout, commit: commits.merge, env, probe })).toBeUndefined();
  });
});
