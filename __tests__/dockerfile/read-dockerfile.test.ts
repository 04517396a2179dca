import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type ReadDockerfileOptions, readDockerfile } from '../../src/dockerfile/read-dockerfile.ts';
import type { Refusal, StageGraph } from '../../src/dockerfile/stage-graph.ts';
import { ACCEPTED, type NastyDockerfile, REFUSED } from './nasty-dockerfiles.ts';

describe('of what BuildKit builds', () => {
  it.each(ACCEPTED)('takes $title', (dockerfile) => {
    expect(readNasty(dockerfile).kind).toBe('graph');
  });
});

describe('of what BuildKit refuses', () => {
  it.each(REFUSED)('refuses $title, with its line', (dockerfile) => {
    const [refusal] = refusalsOf(dockerfile.text, optionsOf(dockerfile));
    expect(refusal?.line).toBe(dockerfile.line);
    expect(refusal?.message).toMatch(/\S+ .*\.$/s);
    expect(refusal?.remedy).not.toBe('');
  });

  it('names every refusal of the parser at once, in the order of the lines', () => {
    expect(refusalsOf('FROM scratch\nCOPY --form=a b c\nRUNN x\n').map(({ line }) => line)).toEqual([2, 3]);
  });

  it.each([
    ['a stage', 'FROM scratch AS build\n', { targets: ['biuld'] }, 'Did you mean build? Its stages are build.'],
    ['an instruction', 'FROM scratch\nCOPPY a b\n', {}, 'Did you mean COPY?'],
    ['a flag', 'FROM scratch\nCOPY --form=a b c\n', {}, 'Did you mean --from?'],
  ])('proposes the nearest name of %s', (_, text, options, remedy) => {
    expect(refusalsOf(text, options)[0]?.remedy).toContain(remedy);
  });

  it('judges every chosen target', () => {
    const text = 'FROM scratch AS early\nCOPY --from=late /f /f\nFROM busybox AS late\n';
    expect(read(text, { targets: ['late'] }).kind).toBe('graph');
    expect(read(text, { targets: ['late', 'early'] }).kind).toBe('refused');
  });

  it('does not judge what only the environment of the builder knows', () => {
    const text = 'ARG BASE\nARG NAME=${BASE}\nFROM $NAME\nRUN true\n';
    expect(read(text).kind).toBe('refused');
    expect(graphOf(text, { buildArgs: { BASE: undefined } }).stages[0]?.base).toEqual({
      kind: 'image',
      reference: '$NAME',
    });
  });
});

describe('the graph', () => {
  it('has name, lines, base and edges of every stage', () => {
    const text = [
      'ARG GO=1.22',
      'FROM golang:${GO} AS Build',
      'RUN --mount=type=cache,target=/c --mount=from=tools,target=/t make \\',
      '  all',
      '',
      'FROM Build',
      '# the end',
      '',
    ].join('\n');
    const graph = graphOf(text.replace('FROM Build', 'FROM build'), { buildContexts: { tools: './tools' } });
    expect(graph.defaultTarget).toBe(1);
    expect(graph.stages).toMatchObject([
      {
        index: 0,
        name: 'build',
        lines: { start: 2, end: 4 },
        baseAsWritten: 'golang:${GO}',
        base: { kind: 'image', reference: 'golang:1.22' },
        instructions: [
          {
            keyword: 'RUN',
            text: 'RUN --mount=type=cache,target=/c --mount=from=tools,target=/t make all',
            lines: { start: 3, end: 4 },
          },
        ],
        edges: [
          { by: 'from', source: { kind: 'image', reference: 'golang:1.22' }, line: 2 },
          { by: 'mount', source: { kind: 'context', name: 'tools', value: './tools' }, line: 3 },
        ],
      },
      { index: 1, lines: { start: 6, end: 6 }, base: { kind: 'stage', index: 0 }, edges: [{ by: 'from', line: 6 }] },
    ]);
    expect(graph.stages[1]).not.toHaveProperty('name');
  });

  it.each([
    ['BUILDPLATFORM', 'linux/amd64'],
    ['TARGETPLATFORM', 'linux/arm64/v8'],
    ['TARGETVARIANT', 'v8'],
    ['BUILDVARIANT', ''],
    ['TARGETSTAGE', 'last'],
  ])('knows %s', (name, value) => {
    const { stages } = graphOf(`FROM img/x\${${name}} AS last\n`, { targetPlatform: 'linux/arm64/v8' });
    expect(stages[0]?.base).toEqual({ kind: 'image', reference: `img/x${value}` });
  });

  it.each([
    ['a build argument', { buildArgs: { V: '2' } }, 'img:2'],
    ['its default', {}, 'img:1'],
  ])('resolves a FROM with %s', (_, options, reference) => {
    expect(graphOf('ARG V=1\nFROM img:$V\n', options).stages[0]?.base).toEqual({ kind: 'image', reference });
  });

  it('cuts a stage that a context replaces off from all that it names', () => {
    const text = 'FROM golang AS tools\nRUN x\nFROM busybox AS build\nCOPY --from=tools /a /a\nFROM build\n';
    const { stages } = graphOf(text, { buildContexts: { BUILD: 'x', build: 'docker-image://other' } });
    const source = { kind: 'context', name: 'build', value: 'docker-image://other' };
    expect(stages[1]).toMatchObject({ replacedBy: 'build', base: source, edges: [{ by: 'from', source, line: 3 }] });
    expect(stages[2]?.base).toEqual({ kind: 'stage', index: 1 });
  });

  it('gives the edges of ONBUILD to the stage that is built on it', () => {
    const text =
      'FROM a AS tools\nFROM b AS parent\nONBUILD COPY --from=tools /t /t\nONBUILD ENV A=b\nFROM parent\nRUN x\n';
    const { stages } = graphOf(text);
    expect(stages[1]?.edges).toHaveLength(1);
    expect(stages[2]?.edges).toMatchObject([
      { by: 'from' },
      { by: 'copy', source: { kind: 'stage', index: 0 }, line: 5 },
    ]);
    expect(stages[2]?.triggers?.map(({ text }) => text)).toEqual([
      'ONBUILD COPY --from=tools /t /t',
      'ONBUILD ENV A=b',
    ]);
  });

  it('keeps the first line of a heredoc and drops comments', () => {
    const { stages } = graphOf('FROM a\nRUN <<EOF sh\nFROM x\nEOF\nRUN a \\\n# no\n\n  b\n');
    expect(stages[0]?.instructions.map(({ text, lines }) => [text, lines.start, lines.end])).toEqual([
      ['RUN <<EOF sh', 2, 4],
      ['RUN a b', 5, 8],
    ]);
  });
});

describe('of the frontend', () => {
  it.each([
    ['docker/dockerfile:1'],
    ['docker.io/docker/dockerfile:1.7-labs'],
    ['docker/dockerfile-upstream:master'],
    ['registry.example.com/mirror/docker/dockerfile:1'],
    [`docker/dockerfile:1@sha256:${'a'.repeat(64)}`],
  ])('reads a Dockerfile for %s', (syntax) => {
    expect(graphOf(`# syntax=${syntax}\nFROM scratch\nCOPY a /\n`).syntax).toBe(syntax);
  });

  it.each([
    ['a comment', '# syntax=example.com/earthly:1\nnot a Dockerfile\n', 'example.com/earthly:1'],
    ['a C comment', '// syntax=example.com/x\n{}\n', 'example.com/x'],
    ['JSON', '{ "syntax": "example.com/y" }', 'example.com/y'],
    ['a line after a shebang', '#!/usr/bin/env x\n# syntax = example.com/z --flag\n', 'example.com/z'],
    ['a name that only ends alike', '# syntax=evil/notdocker/dockerfile\nFROM x\n', 'evil/notdocker/dockerfile'],
  ])('leaves a foreign one named in %s to BuildKit', (_, text, syntax) => {
    expect(read(text)).toEqual({ kind: 'foreign', dockerfile: { file: 'Dockerfile', text, syntax } });
  });

  it('lets BUILDKIT_SYNTAX win over the file', () => {
    const text = '# syntax=example.com/x\nFROM scratch\nCOPY a /\n';
    expect(read(text, { buildArgs: { BUILDKIT_SYNTAX: 'dockerfile.v0' } }).kind).toBe('graph');
    expect(read('FROM scratch\n', { buildArgs: { BUILDKIT_SYNTAX: 'example.com/x' } }).kind).toBe('foreign');
  });

  it('knows no heredoc under a frontend older than 1.4', () => {
    const text = 'FROM a\nRUN cat <<EOF\nRUN x\nEOF\n';
    expect(read(`# syntax=docker/dockerfile:1.2\n${text}`).kind).toBe('refused');
    expect(read(`# syntax=docker/dockerfile:1.4\n${text}`).kind).toBe('graph');
  });
});

describe('the warnings', () => {
  it.each([
    ['that nothing declares', 'FROM a\nRUN echo $V\n', 'unused-build-arg', 1],
    ['that is only declared globally', 'ARG V\nFROM a\nRUN x\n', 'unused-build-arg', undefined],
    ['that FROM reads without ARG', 'FROM ${V:-a}\nRUN x\n', 'from-arg-not-global', 1],
    ['that FROM reads and only a stage declares', 'FROM a\nARG V\nFROM ${V:-a}\n', 'from-arg-not-global', 3],
  ])('name a build argument %s, once', (_, text, kind, line) => {
    const { warnings } = graphOf(text, { buildArgs: { V: '1' } });
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toMatchObject({ kind, remedy: 'ARG V' });
    expect(warnings[0]?.line).toBe(line);
  });

  it.each([
    ['a stage declares', 'FROM a\nARG V\n', 'V'],
    ['a trigger declares', 'FROM a\nONBUILD ARG V\n', 'V'],
    ['a FROM reads', 'ARG V=1\nFROM a:$V\n', 'V'],
    ['another global ARG reads', 'ARG V=1\nARG W=$V\nFROM a:$W\n', 'V'],
    ['BuildKit reads itself', 'FROM a\n', 'BUILDKIT_INLINE_CACHE'],
    ['stands for a proxy', 'FROM a\n', 'https_proxy'],
    ['stands for a platform', 'FROM a\n', 'TARGETARCH'],
  ])('pass over one that %s', (_, text, name) => {
    expect(graphOf(text, { buildArgs: { [name]: '1' } }).warnings).toEqual([]);
  });

  it('pass over a global ARG without a default, given or not', () => {
    const text = 'ARG TARGET\nFROM a AS production\nFROM ${TARGET:-production}\n';
    expect(graphOf(text).warnings).toEqual([]);
    expect(graphOf(text, { buildArgs: { TARGET: 'production' } }).warnings).toEqual([]);
  });
});

it('reads any text without throwing', () => {
  const word = fc.constantFrom(
    'FROM',
    'RUN',
    'COPY',
    'ONBUILD',
    'ARG',
    'a',
    '--from=',
    '--mount=from=b',
    '$',
    '${',
    '}',
    '"',
    "'",
    '\\',
    '<<E',
    'E',
    '\n',
    ' ',
    'AS',
    '#',
    '`',
    ':-',
    '%',
    '/',
    '*',
    '[',
    ']',
    '=',
  );
  fc.assert(
    fc.property(fc.array(word, { maxLength: 60 }), (words) => expect(() => read(words.join(''))).not.toThrow()),
    { numRuns: 300 },
  );
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => expect(() => read(text)).not.toThrow()),
  );
});

it.each([
  ['nested braces', `FROM ${'${A:-'.repeat(20_000)}`],
  [
    'doubling arguments',
    `ARG A0=xxxxxxxxxx\n${Array.from({ length: 60 }, (_, at) => `ARG A${at + 1}=$A${at}$A${at}\n`).join('')}FROM $A60\n`,
  ],
  ['stars', `ARG A=${'a'.repeat(30_000)}\nFROM \${A##${'*a'.repeat(15_000)}b}\n`],
  [
    'a chain of copies',
    Array.from({ length: 3000 }, (_, at) => `FROM x AS s${at}\nCOPY --from=s${at + 1} /a /a\n`).join(''),
  ],
])('is not drowned by %s', (_, text) => {
  const start = performance.now();
  read(text);
  expect(performance.now() - start).toBeLessThan(5000);
});

type Options = Partial<ReadDockerfileOptions>;

function read(text: string, options: Options = {}) {
  return readDockerfile(text, {
    file: 'Dockerfile',
    buildArgs: {},
    buildContexts: {},
    targets: [undefined],
    platform: 'linux/amd64',
    ...options,
  });
}

function readNasty(dockerfile: NastyDockerfile) {
  return read(dockerfile.text, optionsOf(dockerfile));
}

function optionsOf({ buildArgs = {}, buildContexts = {}, target }: NastyDockerfile): Options {
  return { buildArgs, buildContexts, targets: [target] };
}

function refusalsOf(text: string, options: Options = {}): readonly Refusal[] {
  const reading = read(text, options);
  return reading.kind === 'refused' ? reading.refusals : [];
}

function graphOf(text: string, options: Options = {}): StageGraph {
  const reading = read(text, options);
  if (reading.kind !== 'graph') throw new Error(JSON.stringify(reading));
  return reading.graph;
}
