import { access, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { findDockerfile } from '../../src/dockerfile/find-dockerfile.ts';
import { findIgnoreFile } from '../../src/dockerfile/ignore-file.ts';
import { runIn } from '../support/engine.ts';

const DOCKERFILE = 'FROM scratch\nCOPY . /\n';
let folder = '';

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stagegate-'));
});

afterEach(() => rm(folder, { recursive: true, force: true }));

/** Each ignore file hides one of the files `one`, `two`, `three`, so that the image tells which was read. */
it.each([
  ['only the shared one', 'Dockerfile', { '.dockerignore': 'one' }],
  ['its own', 'Dockerfile', { '.dockerignore': 'one', 'Dockerfile.dockerignore': 'two' }],
  ['its own, empty', 'Dockerfile', { '.dockerignore': 'one', 'Dockerfile.dockerignore': '' }],
  [
    'its own, in its folder',
    'sub/Dockerfile',
    { '.dockerignore': 'one', 'sub/Dockerfile.dockerignore': 'two', 'Dockerfile.dockerignore': 'three' },
  ],
  ['none of its folder', 'sub/Dockerfile', { 'sub/.dockerignore': 'one' }],
  ['its own of a Dockerfile in lower case', 'dockerfile', { '.dockerignore': 'one', 'dockerfile.dockerignore': 'two' }],
  [
    'none with a capital for a Dockerfile in lower case',
    'dockerfile',
    { '.dockerignore': 'one', 'Dockerfile.dockerignore': 'two' },
  ],
  ['its own of another name', 'app.Dockerfile', { '.dockerignore': 'one', 'app.Dockerfile.dockerignore': 'two' }],
])(
  'BuildKit and we read %s',
  async (_, dockerfile, ignoreFiles: Readonly<Record<string, string>>) => {
    const files = { one: '', two: '', three: '', [dockerfile]: DOCKERFILE, ...ignoreFiles };
    for (const [name, text] of Object.entries(files)) await write(join(folder, name), text);
    const asked = join(folder, dockerfile.replace(/dockerfile$/, 'Dockerfile'));

    const found = await findDockerfile(asked, exists);
    const ignoreFile = await findIgnoreFile({ context: folder, dockerfile: found ?? '' }, exists);
    expect(found).toBe(join(folder, dockerfile));
    const hidden = ignoreFile === undefined ? '' : (ignoreFiles[relative(folder, ignoreFile)] ?? '');
    expect(await filesInImage(asked)).toEqual(['one', 'three', 'two'].filter((name) => name !== hidden));
  },
  60_000,
);

async function filesInImage(dockerfile: string): Promise<readonly string[]> {
  const out = await mkdtemp(join(tmpdir(), 'stagegate-'));
  try {
    const args = ['buildx', 'build', '-q', `--output=type=local,dest=${out}`, '-f', dockerfile, folder];
    const { exitCode, stderr } = await runIn('containerd', 'docker', args);
    expect(exitCode === 0 ? '' : stderr).toBe('');
    return (await readdir(out)).filter((name) => ['one', 'two', 'three'].includes(name)).sort();
  } finally {
    await rm(out, { recursive: true, force: true });
  }
}

async function write(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
