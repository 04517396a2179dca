import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readDockerfile } from '../../../src/dockerfile/read-dockerfile.ts';
import type { StageGraph } from '../../../src/dockerfile/stage-graph.ts';
import { copyRegions } from '../../../src/dockerfile/writes/copy-regions.ts';
import { findMaker } from '../../../src/dockerfile/writes/find-maker.ts';
import { type Known, nothingKnown } from '../../../src/dockerfile/writes/known.ts';
import { normalPath } from '../../../src/dockerfile/writes/region.ts';
import { type TinyBuild, tinyBuild } from './tiny-builder.ts';

function graphOf(text: string, buildArgs: Record<string, string | undefined> = {}): StageGraph {
  const reading = readDockerfile(text, {
    file: 'Dockerfile',
    buildArgs,
    buildContexts: {},
    targets: [undefined],
    platform: 'linux/amd64',
  });
  if (reading.kind !== 'graph') throw new Error(`${text}\n${JSON.stringify(reading)}`);
  return reading.graph;
}

/** `STAGE:LINE` of the maker of what the last COPY put at the path; `STAGE` where no line is claimed. */
function makerOf(text: string, path: string, known: Known = nothingKnown, buildArgs = {}): string | undefined {
  const { stages } = graphOf(text, buildArgs);
  const copy = stages.at(-1)?.writes?.at(-1);
  if (copy?.kind !== 'copy' || copy.from?.kind !== 'stage') throw new Error('the last COPY copies from no stage');
  const taken = copyRegions(copy, { path: normalPath(path), isTree: path.endsWith('/') });
  const maker = findMaker(stages, { stage: copy.from.index, regions: taken?.regions ?? [] }, known);
  const line = maker?.lines === undefined ? '' : `:${maker.lines.start}`;
  return maker && `${maker.stage.name ?? maker.stage.index}${line}`;
}

describe('findMaker', () => {
  it.each([
    ['the one RUN', 'FROM scratch AS b\nRUN make\nFROM scratch\nCOPY --from=b /x /y', '/y', 'b:2'],
    [
      'no line where two RUNs can have',
      'FROM scratch AS b\nRUN one\nRUN two\nFROM scratch\nCOPY --from=b /x /y',
      '/y',
      'b',
    ],
    ['a COPY with no RUN behind it', 'FROM x AS b\nRUN one\nCOPY a /x\nFROM scratch\nCOPY --from=b /x /y', '/y', 'b:3'],
    [
      'no line where a RUN stands behind the COPY',
      'FROM x AS b\nCOPY a /x\nRUN one\nFROM scratch\nCOPY --from=b /x /y',
      '/y',
      'b',
    ],
    ['no line where the image may have it', 'FROM x AS b\nRUN one\nFROM scratch\nCOPY --from=b /x /y', '/y', 'b'],
    ['the FROM whose image has it', 'FROM x AS b\nFROM scratch\nCOPY --from=b /x /y', '/y', 'b:1'],
    [
      'a RUN where an official image has nothing',
      'FROM golang:1.25 AS b\nRUN go build\nFROM scratch\nCOPY --from=b /out/x /y',
      '/y',
      'b:2',
    ],
    [
      'no line in a folder that official images use',
      'FROM golang:1.25 AS b\nRUN go build\nFROM scratch\nCOPY --from=b /usr/bin/x /y',
      '/y',
      'b',
    ],
    [
      'a RUN beside one that only installs',
      'FROM golang:1.25 AS b\nRUN go mod download && apt-get install -y git\nRUN go build\nFROM scratch\nCOPY --from=b /out/x /y',
      '/y',
      'b:3',
    ],
    [
      'no line beside a RUN that installs and more',
      'FROM golang:1.25 AS b\nRUN apt-get install -y git && make\nRUN go build\nFROM scratch\nCOPY --from=b /out/x /y',
      '/y',
      'b',
    ],
    [
      'the RUN of a stage under the stage',
      'FROM scratch AS a\nRUN one\nFROM a AS b\nCOPY z /z\nFROM b AS c\nFROM scratch\nCOPY --from=c /x /y',
      '/y',
      'a:2',
    ],
    [
      'through two stages',
      'FROM scratch AS a\nRUN one\nFROM scratch AS b\nCOPY --from=a /one /two/\nFROM scratch\nCOPY --from=b /two /y',
      '/y/one',
      'a:2',
    ],
    [
      'a COPY of the context through two stages',
      'FROM scratch AS a\nCOPY src /src\nFROM x AS b\nRUN z\nCOPY --from=a /src/m /m\nFROM scratch\nCOPY --from=b /m /y',
      '/y',
      'a:2',
    ],
    [
      'a RUN but not one under whose mount it lies',
      'FROM scratch AS b\nRUN one\nRUN --mount=type=cache,target=/c two\nFROM scratch\nCOPY --from=b /c/x /y',
      '/y',
      'b:2',
    ],
    ['a heredoc', 'FROM scratch AS b\nRUN one\nCOPY <<E /x\nhi\nE\nFROM scratch\nCOPY --from=b /x /y', '/y', 'b:3'],
    [
      'a relative destination',
      'FROM scratch AS b\nWORKDIR /w\nCOPY a.txt b.txt ./\nFROM scratch\nCOPY --from=b /w /y/',
      '/y/b.txt',
      'b:3',
    ],
    [
      'a destination made of variables',
      'ARG D=out\nFROM scratch AS b\nARG D\nENV E=$D/bin\nRUN one\nCOPY a.txt /$E/\nFROM scratch\nCOPY --from=b /out/bin/a.txt /y',
      '/y',
      'b:6',
    ],
    [
      'no line where a variable of the image decides',
      'FROM x AS b\nRUN one\nCOPY a.txt /$E/\nFROM scratch\nCOPY --from=b /out/a.txt /y',
      '/y',
      'b',
    ],
    ['a pattern', 'FROM scratch AS b\nRUN one\nFROM scratch\nCOPY --from=b /out/*.jar /y/', '/y/m.jar', 'b:2'],
    [
      '--parents',
      'FROM scratch AS b\nRUN one\nCOPY a/m.txt /w/a/\nFROM scratch\nCOPY --parents --from=b /w/./a/m.txt /y/',
      '/y/a/m.txt',
      'b:3',
    ],
    [
      '--link, --chmod and --chown',
      'FROM scratch AS b\nRUN one\nFROM scratch\nCOPY --link --chmod=755 --chown=1:1 --from=b /x /y',
      '/y',
      'b:2',
    ],
    [
      'no line behind a link',
      'FROM scratch AS b\nCOPY a /r/1/a\nRUN ln -s /r/1 /now\nFROM scratch\nCOPY --from=b /now /y',
      '/y/a',
      'b',
    ],
    [
      'a folder whole',
      'FROM scratch AS b\nCOPY p.json /w/\nRUN npm ci\nFROM scratch\nCOPY --from=b /w/node_modules /y',
      '/y/',
      'b:3',
    ],
    [
      'no line of a folder that two filled',
      'FROM scratch AS b\nCOPY . /w/\nRUN npm ci\nFROM scratch\nCOPY --from=b /w /y',
      '/y/',
      'b',
    ],
    [
      'a link that distributions put for a folder',
      'FROM scratch AS b\nRUN one\nCOPY s.so /usr/lib/\nFROM scratch\nCOPY --from=b /lib/s.so /y',
      '/y',
      'b:3',
    ],
    [
      'a trigger, on the FROM that set it off',
      'FROM scratch AS a\nONBUILD RUN one\nFROM a AS b\nFROM scratch\nCOPY --from=b /x /y',
      '/y',
      'b:3',
    ],
    [
      'nobody further than a COPY --exclude is certain',
      'FROM x AS b\nRUN one\nCOPY --exclude=a a /x\nFROM scratch\nCOPY --from=b /x /y',
      '/y',
      'b',
    ],
    [
      'an ADD that may have unpacked it',
      'FROM scratch AS b\nADD a.tar.gz /x\nFROM scratch\nCOPY --from=b /x /y',
      '/y/deep/in',
      'b:2',
    ],
    [
      'a COPY --from=IMAGE',
      'FROM scratch AS b\nCOPY --from=tools:1 /bin/t /t\nFROM scratch\nCOPY --from=b /t /y',
      '/y',
      'b:2',
    ],
  ])('names %s', (_, text, path, expected) => {
    expect(makerOf(text, path)).toBe(expected);
  });

  const fromContext =
    'FROM node:22 AS b\nWORKDIR /app\nCOPY . .\nRUN npm run build\nFROM scratch\nCOPY --from=b /app/dist /y';
  it.each([
    ['a RUN where the context has no such file', 'nothing', fromContext, 'b:4'],
    ['no line where it has', 'file', fromContext, 'b'],
    ['a COPY that surely brought it', 'file', fromContext.replace('RUN npm run build\n', ''), 'b:3'],
  ] as const)('names %s', (_, kind, text, expected) => {
    expect(makerOf(text, '/y/main.js', { ...nothingKnown, context: () => kind })).toBe(expected);
  });

  it('names a RUN in any folder that the image under it is known not to have', () => {
    const text = 'FROM own:1 AS b\nRUN make\nFROM scratch\nCOPY --from=b /opt/x /y';
    const known = (has: boolean): Known => ({ ...nothingKnown, image: () => has });
    expect([makerOf(text, '/y', known(false)), makerOf(text, '/y', known(true))]).toEqual(['b:2', 'b']);
  });

  it('takes the value of a build argument, and claims nothing where only the builder knows it', () => {
    const text = 'FROM scratch AS b\nARG D=a\nRUN one\nCOPY f.txt /$D/\nFROM scratch\nCOPY --from=b /v/f.txt /y';
    const withValue = (D: string | undefined) => makerOf(text, '/y', nothingKnown, { D });
    expect([withValue('v'), withValue('w'), withValue(undefined)]).toEqual(['b:4', 'b:3', 'b']);
  });

  it('ends on a Dockerfile that is made to cost much', () => {
    const stages = Array.from(
      { length: 300 },
      (_, at) => `FROM ${at === 0 ? 'scratch' : `s${at - 1}`} AS s${at}\nCOPY . /\n`,
    );
    const text = `${stages.join('')}FROM scratch\nCOPY --from=s299 ${'/a '.repeat(500)}/y/`;
    expect(makerOf(text, '/y/z')).toBe('s299');
  });

  it('never names a line that did not write the file, nor a stage that never had it', () => {
    let lines = 0;
    const check = (build: TinyBuild, known: Known) => {
      for (const [path, { line, stages }] of build.final) {
        const maker = makerOf(build.dockerfile, path, known);
        const [stage = '', named] = maker?.split(':') ?? [];
        expect([...stages]).toContain(stage);
        if (named === undefined) continue;
        const isFrom = build.dockerfile.split('\n')[Number(named) - 1]?.startsWith('FROM');
        expect({ path, named: isFrom ? undefined : Number(named) }).toEqual({ path, named: line });
        lines++;
      }
    };
    fc.assert(
      fc.property(tinyBuild, (build) => {
        if (build.final.size === 0) return;
        check(build, nothingKnown);
        check(build, { ...nothingKnown, context: (path) => kindIn(build.context, path) });
      }),
      { numRuns: 400, endOnFailure: true },
    );
    expect(lines).toBeGreaterThan(100);
  });
});

function kindIn(context: ReadonlySet<string>, path: string): 'file' | 'folder' | 'nothing' {
  if (context.has(path)) return 'file';
  return path === '' || [...context].some((each) => each.startsWith(`${path}/`)) ? 'folder' : 'nothing';
}
