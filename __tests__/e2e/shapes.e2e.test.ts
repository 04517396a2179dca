import { describe, expect, it } from '@jest/globals';
import { type Report, reportSchema, type WeighedPlatform } from '../../src/report/report.ts';
import { type EngineKind, engineKinds, stagegate } from '../support/engine.ts';
import { withProject } from '../support/project.ts';

/** A Dockerfile as somebody else might write it, and the own layers that must come of it: line and stage. */
type Shape = {
  readonly title: string;
  readonly dockerfile: string;
  readonly flags?: readonly string[];
  readonly files?: Readonly<Record<string, string>>;
  readonly own: readonly (readonly [line: number, stage: string])[];
  readonly base: string;
};

const shapes: readonly Shape[] = [
  {
    title: 'a single stage without a name',
    dockerfile: 'FROM busybox:1.37\nWORKDIR /app\nCOPY a.txt .\nUSER 1000\n',
    own: [
      [2, '0'],
      [3, '0'],
    ],
    base: 'busybox:1.37',
  },
  {
    title: 'unnamed stages and COPY --from=0',
    dockerfile:
      'FROM busybox:1.37\nRUN echo built > /out.txt\n\nFROM scratch\nCOPY --from=0 /out.txt /out.txt\nUSER 1000\n',
    own: [[5, '1']],
    base: 'scratch',
  },
  {
    title: 'COPY --from an image',
    dockerfile: 'FROM scratch\nCOPY --from=busybox:1.37 /bin/busybox /app\nUSER 1000\n',
    own: [[2, '0']],
    base: 'scratch',
  },
  {
    title: 'CRLF line ends',
    dockerfile: 'FROM busybox:1.37 AS one\r\nRUN echo 1 > /one\r\nFROM one AS two\r\nCOPY a.txt /two\r\nUSER 1000\r\n',
    own: [
      [2, 'one'],
      [4, 'two'],
    ],
    base: 'busybox:1.37',
  },
  {
    title: 'lower-case instructions and a mixed-case stage',
    dockerfile: 'from busybox:1.37 as Base\nrun echo 1 > /one\nfrom base\ncopy --link a.txt /a\nuser 1000\n',
    own: [
      [2, 'base'],
      [4, '1'],
    ],
    base: 'busybox:1.37',
  },
  {
    title: 'a Dockerfile outside the context',
    dockerfile: 'FROM busybox:1.37\nADD a.txt /a\nUSER 1000\n',
    flags: ['--file', 'elsewhere/My.Dockerfile'],
    own: [[2, '0']],
    base: 'busybox:1.37',
  },
  {
    title: 'heredocs, an escape directive and continuation lines',
    dockerfile: [
      '# escape=`',
      'FROM busybox:1.37 AS final',
      'RUN <<EOF',
      'echo FROM nothing > /one',
      'EOF',
      'RUN echo a `',
      '  # a comment between',
      '  b > /two',
      'COPY <<-END /three',
      '\ttext',
      'END',
      'USER 1000',
      '',
    ].join('\n'),
    own: [
      [3, 'final'],
      [6, 'final'],
      [9, 'final'],
    ],
    base: 'busybox:1.37',
  },
  {
    title: 'the same COPY twice',
    dockerfile: 'FROM scratch\nCOPY a.txt /a\nCOPY a.txt /a\nUSER 1000\n',
    own: [
      [2, '0'],
      [3, '0'],
    ],
    base: 'scratch',
  },
  {
    title: 'ONBUILD triggers of a local stage, which stand on the FROM that set them off',
    dockerfile:
      'FROM busybox:1.37 AS maker\nONBUILD RUN echo 1 > /one\nFROM maker AS final\nCOPY a.txt /a\nUSER 1000\n',
    own: [
      [3, 'final'],
      [4, 'final'],
    ],
    base: 'busybox:1.37',
  },
];

describe.each(engineKinds)('on the %s builder', (kind) => {
  it.each(shapes)(
    'weighs $title and finds its lines',
    async (shape) => {
      const { size, layers, base, user } = await checkShape(kind, shape);
      const own = layers.filter((layer) => layer.origin === 'own');
      expect(own.map((layer) => [layer.line, layer.stage])).toEqual(shape.own);
      expect(own.every((layer) => layer.lineFrom === 'provenance')).toBe(true);
      expect(base.reference).toBe(shape.base);
      expect(user).toMatchObject({ uid: 1000, setBy: 'own' });
      expect(size.unpackedBytes - size.visibleBytes).toBe(size.wastedBytes);
    },
    120_000,
  );

  it('finds lines by history when docker gives no provenance, and says so', async () => {
    const [first] = shapes;
    if (first === undefined) throw new Error('no shapes');
    const { layers } = await checkShape(kind, first, { withoutProvenance: true });
    const own = layers.filter((layer) => layer.origin === 'own');
    expect(own.map(({ line, lineFrom, originFrom }) => [line, lineFrom, originFrom])).toEqual([
      [2, 'history', 'history'],
      [3, 'history', 'history'],
    ]);
  }, 120_000);
});

async function checkShape(
  kind: EngineKind,
  shape: Shape,
  { withoutProvenance = false } = {},
): Promise<WeighedPlatform> {
  const files = {
    'context/a.txt': 'hello',
    'context/Dockerfile': shape.dockerfile,
    'elsewhere/My.Dockerfile': shape.dockerfile,
    'bin/docker*': forgetful,
    ...shape.files,
  };
  return withProject(files, async (cwd) => {
    const args = ['check', 'context', ...(shape.flags ?? []), '--format', 'json'];
    const env = withoutProvenance ? { FORGETFUL: `${cwd}/bin` } : {};
    const ran = await stagegate(kind, args, { cwd, env, pathFirst: withoutProvenance ? `${cwd}/bin` : undefined });
    if (ran.exitCode !== 0) throw new Error(`exit code ${ran.exitCode}:\n${ran.stdout}\n${ran.stderr}`);
    return platformOf(reportSchema.parse(JSON.parse(ran.stdout)));
  });
}

/** A docker that takes the provenance out of its metadata file, as an older buildx would leave it. */
const forgetful = `#!/usr/bin/env node
const { spawnSync } = require('node:child_process');
const { readFileSync, writeFileSync } = require('node:fs');
const args = process.argv.slice(2);
const PATH = process.env.PATH.split(':').filter((each) => each !== process.env.FORGETFUL).join(':');
const { status } = spawnSync('docker', args, { stdio: 'inherit', env: { ...process.env, PATH } });
const file = args.find((each) => each.startsWith('--metadata-file='))?.slice('--metadata-file='.length);
if (file && status === 0) {
  const { 'buildx.build.provenance': _, ...rest } = JSON.parse(readFileSync(file, 'utf8'));
  writeFileSync(file, JSON.stringify(rest));
}
process.exit(status ?? 1);
`;

function platformOf(report: Report): WeighedPlatform {
  const found = report.images[0]?.platforms[0];
  if (found === undefined || !('size' in found)) throw new Error('the image was not weighed');
  return found;
}
