import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Ran, runIn } from '../support/engine.ts';
import type { NastyDockerfile } from './nasty-dockerfiles.ts';

export type Build = Omit<NastyDockerfile, 'title'> & {
  readonly context: string;
  /** More options, such as `--call=targets,format=json`. */
  readonly options?: readonly string[];
};

/** Runs `docker buildx build` on a Dockerfile given as text, exporting nothing. */
export async function buildx({ context, options = ['--output=type=cacheonly'], ...build }: Build): Promise<Ran> {
  const folder = await mkdtemp(join(tmpdir(), 'stagegate-'));
  try {
    const file = join(folder, 'Dockerfile');
    await writeFile(file, build.text);
    const args = [
      ...(build.target === undefined ? [] : ['--target', build.target]),
      ...Object.entries(build.buildArgs ?? {}).flatMap(([name, value]) => ['--build-arg', `${name}=${value}`]),
      ...Object.entries(build.buildContexts ?? {}).flatMap(([name, value]) => [
        '--build-context',
        `${name}=${value.replace('CONTEXT', context)}`,
      ]),
    ];
    return await runIn('containerd', 'docker', [
      'buildx',
      'build',
      '--progress=rawjson',
      ...options,
      ...args,
      '-f',
      file,
      context,
    ]);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The names of all vertices in a rawjson progress stream, each once. */
export function vertexNames(stderr: string): readonly string[] {
  const names = stderr.split('\n').flatMap((line) => (line.startsWith('{') ? namesIn(line) : []));
  return [...new Set(names)];
}

function namesIn(line: string): readonly string[] {
  const status: { readonly vertexes?: readonly { readonly name?: string }[] } = JSON.parse(line);
  return (status.vertexes ?? []).flatMap(({ name }) => (name === undefined ? [] : [name]));
}
