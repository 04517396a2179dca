import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Builder, BuildRecord } from '../../src/build/build-record.ts';
import type { BuildEvent } from '../../src/build/follow-build.ts';
import { type BuiltTargets, buildTargets } from '../../src/exec/build-targets.ts';
import { dockerSave } from '../../src/exec/docker-save.ts';
import { probeBuilder } from '../../src/exec/probe-builder.ts';
import { stageGraph } from './fixtures.ts';
import { imageEntry } from './image-entry.ts';

const KINDS = ['classic', 'containerd', 'container', 'remote'] as const;
const engine = new URL('../../scripts/engine', import.meta.url).pathname;

const dockerfile = `FROM busybox:1.37 AS base
WORKDIR /src
COPY stamp .
RUN sleep 1 && \\
    echo "ran as $(cat /proc/sys/kernel/random/uuid)" && cp stamp built

FROM base AS test
ARG EXIT_CODE=0
RUN echo "to stdout" && echo "to stderr" >&2 && exit $EXIT_CODE

FROM scratch AS final
COPY --from=base /src/built /
COPY --link stamp /stamp
`;

describe.each(KINDS)('the builder %s', (kind) => {
  let env: Record<string, string>;
  let builder: Builder;
  let context: string;
  let output: string[];
  beforeAll(async () => {
    env = environmentOf(kind);
    builder = await probeBuilder({ env });
    context = mkdtempSync(join(tmpdir(), 'builders-'));
    writeFileSync(join(context, 'Dockerfile'), dockerfile);
    writeFileSync(join(context, 'stamp'), `${Date.now()} ${Math.random()}`);
  }, 120_000);
  afterAll(() => rmSync(context, { recursive: true, force: true }));

  const run = async (
    text: string,
    use: (built: BuiltTargets) => Promise<void>,
    buildArgs = {},
    testTarget?: string,
  ) => {
    const folder = mkdtempSync(join(tmpdir(), 'builders-run-'));
    writeFileSync(join(context, 'Dockerfile'), text);
    const entry = imageEntry({ context, dockerfile: join(context, 'Dockerfile'), buildArgs });
    const graph = stageGraph(text, 'api/Dockerfile');
    output = [];
    const onEvent = (_: string, { step }: BuildEvent) => output.push(...step.log);
    try {
      await use(
        await buildTargets({ entry, builder, graph, folder, env, testTarget, finalTarget: undefined, onEvent }),
      );
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  };

  it('says what it is', () => {
    const driver = { classic: 'docker', containerd: 'docker', container: 'docker-container', remote: 'remote' }[kind];
    const store = { classic: 'classic', containerd: 'containerd', container: undefined, remote: undefined }[kind];
    expect(builder.driver).toBe(driver);
    expect(builder.store).toBe(store);
    expect(builder.exportsOci).toBe(kind !== 'classic');
    expect(builder.platform).toMatch(/^linux\//);
  });

  it('builds test and final at once, runs what they share once, and exports the image', async () => {
    await run(
      dockerfile,
      async ({ test, final }) => {
        expect([test?.status, final.status]).toEqual(['built', 'built']);
        const shared = [test, final].map((record) => stepAt(record, 4));
        expect(shared.map((step) => [step?.instruction, step?.lines])).toEqual(
          Array(2).fill([
            'RUN sleep 1 && echo "ran as $(cat /proc/sys/kernel/random/uuid)" && cp stamp built',
            { start: 4, end: 5 },
          ]),
        );
        expect(new Set(output.filter((line) => line.startsWith('ran as ')))).toHaveProperty('size', 1);
        expect(shared.some((step) => step?.cached === false)).toBe(true);
        expect(stepAt(final, 13)?.instruction).toBe('COPY --link stamp /stamp');
        expect(final.provenance?.steps.at(-1)?.chain.length).toBeGreaterThanOrEqual(1);
        expect(await imageFiles(final, env)).toContain('index.json');
      },
      {},
      'test',
    );
  }, 120_000);

  it('has everything from the cache the second time', async () => {
    await run(
      dockerfile,
      async ({ test, final }) => {
        const own = [test, final].flatMap((record) => record?.steps ?? []).filter((step) => isOwn(step));
        expect(own.length).toBeGreaterThan(4);
        expect(own.filter((step) => !step.cached).map((step) => step.name)).toEqual([]);
        expect(await imageFiles(final, env)).toContain('index.json');
      },
      {},
      'test',
    );
  }, 120_000);

  it('builds the final image when the tests fail, and tells the failing step', async () => {
    await run(
      dockerfile,
      async ({ test, final }) => {
        expect(final.status).toBe('built');
        expect(test?.failure).toMatchObject({
          fault: 'dockerfile',
          message:
            'RUN echo "to stdout" && echo "to stderr" >&2 && exit $EXIT_CODE (api/Dockerfile:9) ended with exit code 7',
          lines: { start: 9, end: 9 },
          exitCode: 7,
          step: { stageIndex: 1 },
        });
        expect([...(test?.failure?.log ?? [])].sort()).toEqual(['to stderr', 'to stdout']);
      },
      { EXIT_CODE: '7' },
      'test',
    );
  }, 120_000);

  it.each<[string, string, object]>([
    [
      'a failing RUN',
      'FROM busybox:1.37\nRUN exit 5\n',
      { fault: 'dockerfile', exitCode: 5, lines: { start: 2, end: 2 } },
    ],
    [
      'a file that is missing',
      'FROM busybox:1.37\nCOPY missing /\n',
      { fault: 'dockerfile', lines: { start: 2, end: 2 } },
    ],
    [
      'an image that nobody has',
      'FROM localhost:1/nobody/has:this\nRUN true\n',
      { fault: 'infrastructure', step: { kind: 'metadata' } },
    ],
  ])(
    'tells %s',
    async (_, text, failure) => {
      await run(text, async ({ final }) => {
        expect(final.status).toBe('failed');
        expect(final.failure).toMatchObject(failure);
      });
    },
    120_000,
  );

  it('refuses a builder that does not exist, and names those that do', async () => {
    await expect(probeBuilder({ builder: 'nope', env })).rejects.toMatchObject({
      exitCode: 2,
      message: 'There is no builder named nope',
      hint: expect.stringContaining(builder.name),
    });
  }, 60_000);
});

function environmentOf(kind: string): Record<string, string> {
  const script = `eval "$("$0" env "$1")" && env -0`;
  const output = execFileSync('bash', ['-c', script, engine, kind], { encoding: 'utf8' });
  return Object.fromEntries(
    output
      .split('\0')
      .filter((line) => line.includes('='))
      .map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
  );
}

function stepAt(record: BuildRecord | undefined, line: number) {
  return record?.steps.find((step) => step.kind === 'instruction' && step.lines?.start === line);
}

function isOwn({ kind, name }: BuildRecord['steps'][number]): boolean {
  return kind === 'instruction' && !name.includes('] FROM ');
}

/** Names at the top of the image's bytes, wherever they are. */
async function imageFiles({ image }: BuildRecord, env: Record<string, string>): Promise<readonly string[]> {
  if (image === undefined) return [];
  if (image.kind === 'oci-layout') {
    expect(JSON.parse(readFileSync(join(image.directory, 'index.json'), 'utf8')).manifests).toHaveLength(1);
    return readdirSync(image.directory);
  }
  const { stream, done } = dockerSave(image.imageId, env);
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  await done;
  const bytes = Buffer.concat(chunks);
  return Array.from({ length: bytes.length / 512 }, (_, block) =>
    bytes.toString('latin1', block * 512, block * 512 + 100),
  )
    .map((name) => name.replace(/\0.*$/s, ''))
    .filter((name) => /^[\w./-]+$/.test(name));
}
