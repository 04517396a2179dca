import { expect, it } from '@jest/globals';
import { findDockerfile } from '../../src/dockerfile/find-dockerfile.ts';
import { findIgnoreFile } from '../../src/dockerfile/ignore-file.ts';

it.each([
  [
    'the one beside the Dockerfile',
    ['/r/build/Dockerfile.dockerignore', '/r/.dockerignore'],
    '/r/build/Dockerfile.dockerignore',
  ],
  ['the one of the context', ['/r/.dockerignore'], '/r/.dockerignore'],
  ['none', [], undefined],
  ['none that lies in the folder of the Dockerfile', ['/r/build/.dockerignore'], undefined],
])('reads %s', async (_, files: readonly string[], found) => {
  const paths = { context: '/r/', dockerfile: '/r/build/Dockerfile' };
  expect(await findIgnoreFile(paths, async (path) => files.includes(path))).toBe(found);
});

it.each([
  ['/r/Dockerfile', ['/r/Dockerfile', '/r/dockerfile'], '/r/Dockerfile'],
  ['/r/Dockerfile', ['/r/dockerfile'], '/r/dockerfile'],
  ['/r/Dockerfile.dev', ['/r/dockerfile.dev'], undefined],
  ['/r/MyDockerfile', ['/r/Mydockerfile'], undefined],
])('reads for %s, where there are %j, %s', async (path, files, found) => {
  expect(await findDockerfile(path, async (each) => files.includes(each))).toBe(found);
});
