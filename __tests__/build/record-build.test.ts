import { describe, expect, it } from '@jest/globals';
import type { BuildRecord } from '../../src/build/build-record.ts';
import { readMetadata } from '../../src/build/provenance.ts';
import { recordBuild } from '../../src/build/record-build.ts';
import { redactValues } from '../../src/build/redact.ts';
import { readSolveError } from '../../src/build/solve-error.ts';
import type { StageGraph } from '../../src/dockerfile/stage-graph.ts';
import { fixture, follow, stageGraph } from './fixtures.ts';

type Recording = { stderr: string; exitCode?: number | null; metadata?: string; graph?: StageGraph | undefined };

function record({ stderr, exitCode = 0, metadata, graph }: Recording): BuildRecord {
  const { steps, text } = follow(stderr);
  return recordBuild({
    target: 'x',
    file: 'api/Dockerfile',
    graph,
    durationMs: 1000,
    exitCode,
    steps,
    solveError: readSolveError(text),
    metadata: metadata === undefined ? undefined : readMetadata(JSON.parse(metadata)),
    image: undefined,
  });
}

const dockerfile = stageGraph(fixture('Dockerfile'));
const linesOf = ({ steps }: BuildRecord) =>
  steps
    .filter((step) => step.kind === 'instruction')
    .map(({ stageIndex, instruction, lines }) => [stageIndex, instruction, lines?.start, lines?.end])
    .sort((a, b) => Number(a[2]) - Number(b[2]));

const finalLines = [
  [0, 'FROM ${BASE} AS base', 2, 2],
  [0, 'WORKDIR /src', 3, 3],
  [0, 'COPY data.txt .', 4, 4],
  [0, 'RUN echo compiling && sleep 1 && cp data.txt out.txt', 5, 7],
  [2, 'COPY --from=base --link /src/out.txt /out.txt', 14, 14],
  [2, 'COPY --from=base /src/data.txt /data.txt', 15, 15],
];

describe('the record of a build', () => {
  it.each(['containerd', 'classic'])('has the line of every instruction, from provenance: %s', (store) => {
    const stderr = fixture(`${store}-final.stderr.txt`);
    const built = record({ stderr, metadata: fixture(`${store}-final.metadata.json`), graph: dockerfile });
    expect(built.status).toBe('built');
    expect(linesOf(built)).toEqual(finalLines);
  });

  it('has the same lines from the names of the steps alone', () => {
    expect(linesOf(record({ stderr: fixture('containerd-final.stderr.txt'), graph: dockerfile }))).toEqual(finalLines);
  });

  it('has lines and no instruction for a Dockerfile in a foreign language', () => {
    const stderr = fixture('containerd-final.stderr.txt');
    const built = record({ stderr, metadata: fixture('containerd-final.metadata.json') });
    expect(linesOf(built)).toEqual(finalLines.map(([, , start, end]) => [undefined, undefined, start, end]));
  });

  it('reads what buildx 0.13 indents over many lines the same', () => {
    const stderr = fixture('containerd-test.stderr.txt');
    const indented = stderr
      .split('\n')
      .map((line) => (line.startsWith('{') ? JSON.stringify(JSON.parse(line), null, '\t') : line))
      .join('\n');
    expect(record({ stderr: indented, graph: dockerfile })).toEqual(record({ stderr, graph: dockerfile }));
  });

  it('knows what came from the cache', () => {
    const cached = record({ stderr: fixture('containerd-cached.stderr.txt'), graph: dockerfile });
    const run = cached.steps.filter((step) => step.name.includes('] RUN '));
    // BuildKit gives both the same start.
    expect(run.map((step) => [step.instruction, step.cached, step.ran]).sort()).toEqual([
      ['RUN echo compiling && sleep 1 && cp data.txt out.txt', true, true],
      ['RUN echo testing; echo line two >&2; exit ${FAIL}', true, true],
    ]);
  });

  it('times what ran', () => {
    const cold = record({ stderr: fixture('containerd-test.stderr.txt'), graph: dockerfile });
    const compiled = cold.steps.find((step) => step.lines?.start === 5);
    expect(compiled).toMatchObject({ cached: false, ran: true });
    expect(compiled?.durationMs).toBeGreaterThan(1000);
    expect(compiled?.durationMs).toBeLessThan(3000);
  });

  it.each(['containerd', 'classic'])('names the failing step, its lines, exit code and last output: %s', (store) => {
    const failed = record({ stderr: fixture(`${store}-fail.stderr.txt`), exitCode: 1, graph: dockerfile });
    expect(failed.status).toBe('failed');
    expect(failed.failure).toMatchObject({
      fault: 'dockerfile',
      message: 'RUN echo testing; echo line two >&2; exit ${FAIL} (api/Dockerfile:11) ended with exit code 3',
      lines: { start: 11, end: 11 },
      exitCode: 3,
      log: ['testing', 'line two'],
      step: { stageIndex: 1, instruction: 'RUN echo testing; echo line two >&2; exit ${FAIL}' },
    });
  });

  it('trusts the exit status alone: an error text behind a build that ended well is none', () => {
    const stderr = `${fixture('containerd-final.stderr.txt')}\nERROR: (*service).Write failed: locked\n`;
    expect(record({ stderr, graph: dockerfile }).status).toBe('built');
  });
});

describe('why a build failed', () => {
  const read = { digest: 'sha256:d', name: '[internal] load build definition from Dockerfile' };
  const time = { started: '2026-01-01T00:00:00Z', completed: '2026-01-01T00:00:01Z' };
  const stderr = (vertexes: readonly object[], text: readonly string[]) =>
    [JSON.stringify({ vertexes: vertexes.map((vertex) => ({ ...time, ...vertex })) }), ...text].join('\n');
  const failing = (name: string, error: string) =>
    stderr([read, { digest: 'sha256:e', name, error }], [`ERROR: failed to solve: ${error}`]);
  const excerpt = ['Dockerfile:3', '--------------------', '   3 | >>> RUNN x', '--------------------'];

  it.each<[string, string, 'dockerfile' | 'infrastructure', string]>([
    [
      'base image that cannot be resolved',
      failing('[internal] load metadata for docker.io/library/nope:1', 'docker.io/library/nope:1: not found'),
      'infrastructure',
      '[internal] load metadata for docker.io/library/nope:1 (api/Dockerfile) failed: docker.io/library/nope:1: not found',
    ],
    [
      'registry that lets nobody in',
      failing('[auth] library/x:pull token for registry', '401'),
      'infrastructure',
      '[auth]',
    ],
    ['cache that cannot be read', failing('importing cache manifest from x', 'denied'), 'infrastructure', 'importing'],
    [
      'cache that cannot be written',
      failing('exporting cache to GitHub Actions Cache', 'denied'),
      'infrastructure',
      'exporting cache',
    ],
    [
      'export to a full disk',
      failing('exporting to oci image format', 'write: no space left on device'),
      'infrastructure',
      'no space',
    ],
    [
      'pull that breaks',
      failing('[build 1/3] FROM docker.io/library/x', 'unexpected EOF'),
      'infrastructure',
      'unexpected EOF',
    ],
    [
      'step on a full disk',
      failing('[build 2/3] COPY a /b', 'mkdir: no space left on device'),
      'infrastructure',
      'no space',
    ],
    [
      'file that is not there',
      failing('[build 2/3] COPY a /b', 'failed to calculate checksum: "/a": not found'),
      'dockerfile',
      'COPY a /b',
    ],
    [
      'file named like a full disk',
      failing('[build 2/3] COPY x /b', 'failed to calculate checksum: "/no space left on device": not found'),
      'dockerfile',
      'COPY x /b',
    ],
    [
      'command that only speaks of a full disk',
      failing(
        '[build 2/3] RUN x',
        'process "echo no space left on device" did not complete successfully: exit code: 1',
      ),
      'dockerfile',
      'ended with exit code 1',
    ],
    [
      'syntax error',
      stderr(
        [read],
        [...excerpt, 'ERROR: failed to solve: dockerfile parse error on line 3: unknown instruction: RUNN'],
      ),
      'dockerfile',
      'BuildKit refused api/Dockerfile:3: dockerfile parse error on line 3: unknown instruction: RUNN',
    ],
    [
      'refusal without a line',
      stderr([read], ['ERROR: failed to build: failed to solve: base name ($X) should not be blank']),
      'dockerfile',
      'BuildKit refused api/Dockerfile: base name ($X) should not be blank',
    ],
    [
      'daemon that dies in the middle',
      stderr(
        [read, { digest: 'sha256:e', name: '[build 2/3] RUN x', error: 'context canceled' }],
        ['ERROR: failed to receive status: rpc error: code = Unavailable desc = error reading from server: EOF'],
      ),
      'infrastructure',
      'error reading from server: EOF',
    ],
    [
      'call that docker refused',
      'ERROR: failed to stat key.txt: no such file',
      'infrastructure',
      'failed to stat key.txt',
    ],
    [
      'silence',
      '',
      'infrastructure',
      'docker buildx ended with exit code 1 while it built api/Dockerfile, and gave no reason',
    ],
  ])('is told for a %s', (_, text, fault, message) => {
    const { failure } = record({ stderr: text, exitCode: 1 });
    expect(failure?.fault).toBe(fault);
    expect(failure?.message).toContain(message);
  });

  it('is not what fell with the failing step', () => {
    const text = stderr(
      [
        {
          digest: 'sha256:a',
          name: '[a 2/2] RUN slow',
          error: 'process "slow" did not complete successfully: exit code: 137: context canceled: context canceled',
        },
        {
          digest: 'sha256:b',
          name: '[b 2/2] RUN bad',
          error: 'process "bad" did not complete successfully: exit code: 2',
        },
      ],
      ['ERROR: failed to solve: process "bad" did not complete successfully: exit code: 2'],
    );
    expect(record({ stderr: text, exitCode: 1 }).failure).toMatchObject({
      exitCode: 2,
      step: { name: '[b 2/2] RUN bad' },
    });
  });

  it('hints at a disk that a command says is full, and still blames the command', () => {
    const log = { vertex: 'sha256:e', data: Buffer.from('tar: No space left on device\n').toString('base64') };
    const error = 'process "tar" did not complete successfully: exit code: 2';
    const text = `${failing('[build 2/3] RUN tar', error).replace('\n', `\n${JSON.stringify({ logs: [log] })}\n`)}`;
    const { failure } = record({ stderr: text, exitCode: 1 });
    expect(failure).toMatchObject({ fault: 'dockerfile', hint: expect.stringContaining('docker builder prune') });
  });

  it.each([
    ['COPY --from=build /src/assets /assets', /where `--from` points: .*\.dockerignore/],
    ['COPY assets /assets', /in the build context: .*\.dockerignore/],
  ])('points at .dockerignore where a COPY finds nothing: %s', (instruction, hint) => {
    const error = 'failed to calculate checksum of ref a::b: "/src/assets": not found';
    const { failure } = record({ stderr: failing(`[final 3/4] ${instruction}`, error), exitCode: 1 });
    expect(failure).toMatchObject({ fault: 'dockerfile', hint: expect.stringMatching(hint) });
  });

  it('says nothing of .dockerignore when a command prints the same', () => {
    const error = 'process "cp x y" did not complete successfully: exit code: 1: "x": not found';
    expect(record({ stderr: failing('[final 3/4] RUN cp x y', error), exitCode: 1 }).failure?.hint).toBeUndefined();
  });
});

describe('what is followed', () => {
  it('takes a step that BuildKit ran for another build too as one step that ran', () => {
    const name = '[base 2/2] RUN make';
    const vertex = (digest: string, started: number, completed: number, cached?: true) =>
      JSON.stringify({
        vertexes: [{ digest, name, cached, started: new Date(started), completed: new Date(completed) }],
      });
    const { steps, events } = follow([vertex('a', 0, 1500), vertex('b', 1600, 1600, true)].join('\n'));
    expect(steps).toMatchObject([{ vertices: ['a', 'b'], cached: false, durationMs: 1500 }]);
    expect(events.map(({ kind }) => kind)).toEqual(['started', 'done']);
  });

  it('counts time once when a step is announced over and over', () => {
    const at = (started: number, completed: number) =>
      JSON.stringify({
        vertexes: [{ digest: 'a', name: 'x', started: new Date(started), completed: new Date(completed) }],
      });
    expect(follow([at(0, 100), at(50, 200), at(300, 400), at(0, 100)].join('\n')).steps[0]?.durationMs).toBe(300);
  });

  it('shows no value of a build argument, not in a name, an error or a line of output', () => {
    const data = Buffer.from('using hunter2!\nhunter').toString('base64');
    const rest = Buffer.from('2 again\n').toString('base64');
    const text = [
      { vertexes: [{ digest: 'a', name: '[x 1/1] WORKDIR /hunter2', started: new Date(0) }] },
      { logs: [{ vertex: 'a', data }] },
      { logs: [{ vertex: 'a', data: rest }] },
      {
        vertexes: [
          {
            digest: 'a',
            name: '[x 1/1] WORKDIR /hunter2',
            started: new Date(0),
            completed: new Date(1),
            error: 'no hunter2',
          },
        ],
      },
    ];
    const { steps } = follow(text.map((part) => JSON.stringify(part)).join('\n'), redactValues(['hunter2', 'x']));
    expect(steps).toMatchObject([{ name: '[x 1/1] WORKDIR /***', error: 'no ***', log: ['using ***!', '*** again'] }]);
  });

  it('keeps the last hundred lines of output, cut, without colours and overwritten states', () => {
    const lines = [
      ...Array.from({ length: 500 }, (_, index) => `line ${index}`),
      '\u001b[31mred\u001b[0m',
      '10%\r100%',
      'x'.repeat(9000),
    ];
    const data = Buffer.from(lines.join('\n')).toString('base64');
    const text = [{ vertexes: [{ digest: 'a', name: 'x' }] }, { logs: [{ vertex: 'a', data }] }];
    const log = follow(text.map((part) => JSON.stringify(part)).join('\n')).steps[0]?.log ?? [];
    expect(log).toHaveLength(100);
    expect(log.slice(-3, -1)).toEqual(['red', '100%']);
    expect(log.at(-1)).toBe(`${'x'.repeat(2000)}…`);
  });

  it.each(['null', '{"vertexes":{}}', '{"vertexes":[null,{"digest":5},{"digest":"a","started":"never"}],"logs":[{}]}'])(
    'survives %s',
    (text) => {
      expect(() => follow(text)).not.toThrow();
    },
  );
});
