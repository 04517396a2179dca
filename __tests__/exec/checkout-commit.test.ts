import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, readdir, readFile, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import { build } from 'esbuild';
import { type Checkout, withCheckout } from '../../src/exec/checkout-commit.ts';

const folders: string[] = [];
afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true });
});

async function newFolder(): Promise<string> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'stagegate-checkout-')));
  folders.push(folder);
  return folder;
}

function git(cwd: string, ...args: readonly string[]): string {
  const identity = ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.com', '-c', 'commit.gpgsign=false'];
  return execFileSync('git', [...identity, ...args], {
    cwd,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  }).trim();
}

async function write(folder: string, files: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), text);
  }
}

/** A repository with one commit for each set of files; gives the commits, oldest first. */
async function repositoryOf(...versions: readonly Readonly<Record<string, string>>[]) {
  const folder = await newFolder();
  git(folder, 'init', '--quiet', '--initial-branch=main');
  const commits: string[] = [];
  for (const files of versions) {
    await write(folder, files);
    git(folder, 'add', '--all');
    git(folder, 'commit', '--quiet', '--message', 'version');
    commits.push(git(folder, 'rev-parse', 'HEAD'));
  }
  return { folder, commits };
}

/** What is there while the commit is lent. */
async function lend(
  cwd: string,
  revision: string,
  use: (checkout: Checkout) => Promise<unknown> = ({ folder }) => readFile(join(folder, 'app'), 'utf8'),
  env: Readonly<Record<string, string>> = {},
) {
  const folder = await newFolder();
  const lent = await withCheckout({ cwd, revision, folder, env: { ...process.env, ...env } }, use);
  expect(await readdir(folder)).toEqual([]);
  return lent;
}

describe('withCheckout', () => {
  it('lends the files of a commit, and leaves nothing of them', async () => {
    const { folder, commits } = await repositoryOf({ app: 'one' }, { app: 'two' });
    const before = await readdir(join(folder, '.git'));
    expect(await lend(folder, 'HEAD^')).toBe('one');
    expect(await lend(join(folder), commits[1] ?? '')).toBe('two');
    expect(await readdir(join(folder, '.git'))).toEqual(before);
    expect(git(folder, 'worktree', 'list').split('\n')).toHaveLength(1);
  });

  it('gives the folder, the repository and the whole commit, also from a folder below', async () => {
    const { folder, commits } = await repositoryOf({ 'services/api/Dockerfile': 'FROM scratch', app: 'x' });
    const found = await lend(join(folder, 'services/api'), 'main', async (checkout) => ({ ...checkout }));
    expect(found).toMatchObject({ repository: folder, commit: commits[0] });
  });

  it("neither sees nor changes what is uncommitted in the user's checkout", async () => {
    const { folder } = await repositoryOf({ app: 'committed' });
    await write(folder, { app: 'edited', new: 'x', staged: 'y' });
    git(folder, 'add', 'staged');
    const before = [
      git(folder, 'status', '--porcelain'),
      git(folder, 'rev-parse', 'HEAD'),
      git(folder, 'stash', 'list'),
    ];
    expect(await lend(folder, 'HEAD')).toBe('committed');
    const after = [
      git(folder, 'status', '--porcelain'),
      git(folder, 'rev-parse', 'HEAD'),
      git(folder, 'stash', 'list'),
    ];
    expect(after).toEqual(before);
    expect(await readFile(join(folder, 'app'), 'utf8')).toBe('edited');
  });

  it('runs no hook, no monitor and no filter but git-lfs', async () => {
    const { folder } = await repositoryOf({ app: 'plain', '.gitattributes': 'app filter=evil\n' });
    const mark = join(await newFolder(), 'ran');
    const program = join(folder, 'evil.sh');
    await writeFile(program, `#!/bin/sh\necho "$0" >> ${mark}\ncat\n`);
    await chmod(program, 0o755);
    for (const hook of ['post-checkout', 'reference-transaction', 'post-index-change']) {
      await mkdir(join(folder, '.git/hooks'), { recursive: true });
      await symlink(program, join(folder, '.git/hooks', hook));
    }
    git(folder, 'config', 'filter.evil.smudge', program);
    git(folder, 'config', 'filter.evil.required', 'true');
    git(folder, 'config', 'core.fsmonitor', program);
    expect(await lend(folder, 'HEAD')).toBe('plain');
    await expect(readFile(mark, 'utf8')).rejects.toThrow('ENOENT');
  });

  it('is not led astray by the variables of a hook that started us', async () => {
    const { folder } = await repositoryOf({ app: 'ours' });
    const other = await repositoryOf({ app: 'theirs' });
    const env = { GIT_DIR: join(other.folder, '.git'), GIT_INDEX_FILE: join(other.folder, '.git/index') };
    expect(await lend(folder, 'HEAD', undefined, env)).toBe('ours');
  });

  it('fetches a commit that a shallow checkout lacks, and only that', async () => {
    const origin = await repositoryOf({ app: 'one' }, { app: 'two' }, { app: 'three' });
    const clone = join(await newFolder(), 'clone');
    git(dirname(clone), 'clone', '--quiet', '--depth=1', `file://${origin.folder}`, clone);
    git(origin.folder, 'config', 'uploadpack.allowAnySHA1InWant', 'true');
    const refs = git(clone, 'for-each-ref');
    expect(await lend(clone, origin.commits[1] ?? '')).toBe('two');
    expect(() => git(clone, 'cat-file', '-e', origin.commits[0] ?? '')).toThrow();
    expect(git(clone, 'for-each-ref')).toBe(refs);
  });

  it.each<[string, (folder: string) => string, RegExp]>([
    ['a name that is none', () => 'no-such-branch', /^no-such-branch is no commit of this repository$/],
    [
      'a commit that is nowhere',
      () => 'd'.repeat(40),
      /^commit ddddddd is not in this repository, which has no remote$/,
    ],
    ['an option', () => '--upload-pack=touch', /is no commit of this repository$/],
  ])('says why there is none: %s', async (_, revision, reason) => {
    const { folder } = await repositoryOf({ app: 'x' });
    expect(await lend(folder, revision(folder))).toMatch(reason);
  });

  it('says why there is none: a remote that does not have it, and git without a repository', async () => {
    const { folder } = await repositoryOf({ app: 'x' });
    git(folder, 'remote', 'add', 'origin', `file://${join(folder, 'gone')}`);
    expect(await lend(folder, 'd'.repeat(40))).toMatch(/^commit ddddddd could not be fetched from origin: /);
    expect(await lend(await newFolder(), 'HEAD')).toBe('the build context is in no git repository');
    expect(await lend(folder, 'HEAD', undefined, { PATH: '' })).toBe('there is no git on PATH');
  });

  it('is removed when the work in it breaks', async () => {
    const { folder } = await repositoryOf({ app: 'x' });
    await expect(lend(folder, 'HEAD', () => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
    expect(git(folder, 'worktree', 'list').split('\n')).toHaveLength(1);
  });

  it('is removed when the run is interrupted', async () => {
    const { folder } = await repositoryOf({ app: 'x' });
    const temp = await newFolder();
    const program = join(await newFolder(), 'run.mjs');
    await build({
      entryPoints: [join(import.meta.dirname, 'interrupted-checkout.ts')],
      outfile: program,
      bundle: true,
      platform: 'node',
      format: 'esm',
      logLevel: 'error',
      banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
    });
    const child = spawn(process.execPath, [program, folder, temp], { stdio: ['ignore', 'pipe', 'inherit'] });
    await once(child.stdout, 'data');
    expect(git(folder, 'worktree', 'list').split('\n')).toHaveLength(2);
    child.kill('SIGINT');
    expect((await once(child, 'exit'))[0]).toBe(130);
    expect(git(folder, 'worktree', 'list').split('\n')).toHaveLength(1);
    expect(await readdir(temp)).toEqual([]);
  });
});
