import type { FileDelta, PackageDelta } from '../../src/compare/delta.ts';
import type { Report, WeighedPlatform } from '../../src/report/report.ts';
import { createDigest, createProfileLayer } from './profile.ts';
import {
  createCheck,
  createDelta,
  createEmptyDelta,
  createFailure,
  createFinding,
  createImageReport,
  createPlatform,
  createReport,
  createTest,
  createUnbuiltPlatform,
  createWaiver,
} from './report.ts';

/** The reports whose rendering is kept as golden files, by file name. */
export function createScenarios(): Readonly<Record<string, Report>> {
  return {
    pass: createReport(),
    'over-budget': createOverBudget(),
    'tests-failed': createTestsFailed(),
    unbuilt: createReport({
      verdict: 'fail',
      images: [createImageReport({ verdict: 'fail', platforms: [createUnbuiltPlatform()] })],
    }),
    'no-baseline': createNoBaseline(),
    'older-baseline': createOlderBaseline(),
    unchanged: createReport({
      images: [
        createImageReport({
          platforms: [createPlatform({ delta: createEmptyDelta() })],
          test: createTest({ status: 'cached', durationMs: 0 }),
        }),
      ],
    }),
    'not-judged': createNotJudged(),
    error: createReport({
      verdict: 'error',
      error: {
        message: 'could not reach the Docker engine: connect ENOENT /var/run/docker.sock',
        hint: 'start Docker, or name another engine with `DOCKER_HOST`',
      },
      images: [],
    }),
    'several-images': createSeveralImages(),
    inspected: createInspected(),
    'inspected-layer': createInspectedLayer(),
    'inspected-classic': createInspectedClassic(),
    'base-moved': createBaseMoved(),
    compared: createCompared(),
    'compared-beyond-growth': createComparedBeyondGrowth(),
  };
}

function createOverBudget(): Report {
  const platform = createPlatform();
  return createReport({
    verdict: 'fail',
    images: [
      createImageReport({
        verdict: 'fail',
        notes: ['the Dockerfile declares ARG `VERSION` and no instruction uses it (line 2)'],
        waivers: [
          createWaiver({ status: 'expired', expires: '2026-10-31' }),
          createWaiver({ rule: 'base-image', path: '/usr/bin/su', status: 'unused', reason: 'legacy' }),
        ],
        platforms: [
          {
            ...platform,
            size: {
              downloadBytes: 40_250_114,
              unpackedBytes: 81_400_000,
              visibleBytes: 62_200_000,
              wastedBytes: 19_200_000,
              notes: [],
            },
            waste: [
              {
                path: '/usr/lib/gcc/x86_64-linux-gnu/14/cc1',
                bytes: 12_000_000,
                layer: 3,
                hiddenBy: 4,
                reason: 'deleted',
              },
              {
                path: '/usr/lib/gcc/x86_64-linux-gnu/14/lto1',
                bytes: 6_900_000,
                layer: 3,
                hiddenBy: 4,
                reason: 'deleted',
              },
              { path: '/app/package.json', bytes: 100_000, layer: 3, hiddenBy: 4, reason: 'overwritten' },
            ],
            user: { configured: '', uid: 0, gid: 0, name: 'root', setBy: 'default' },
            layers: [
              ...platform.layers.slice(0, 3),
              createProfileLayer({
                position: 3,
                instruction:
                  'RUN apt-get update && apt-get install -y --no-install-recommends build-essential python3 && rm -rf /var/lib/apt/lists/*',
                stage: 'runtime',
                line: 21,
                unpackedBytes: 43_300_000,
                downloadBytes: 25_200_000,
                wastedBytes: 19_200_000,
              }),
              createProfileLayer({
                position: 4,
                instruction: 'RUN rm -rf /usr/lib/gcc | true',
                stage: 'runtime',
                line: 22,
                unpackedBytes: 2_200_000,
                downloadBytes: 598_418,
                hidesBytes: 19_200_000,
              }),
            ],
            delta: createDelta({
              unpackedBytes: 23_300_000,
              downloadBytes: 18_946_000,
              visibleBytes: 4_100_000,
              wastedBytes: 19_200_000,
              base: { downloadBytes: 1_100_000, unpackedBytes: 1_900_000, visibleBytes: 1_900_000, wastedBytes: 0 },
              own: {
                downloadBytes: 17_846_000,
                unpackedBytes: 21_400_000,
                visibleBytes: 2_200_000,
                wastedBytes: 19_200_000,
              },
              baseChange: 'moved',
              layers: [
                {
                  kind: 'changed',
                  bytes: 1_900_000,
                  origin: 'base',
                  instruction: 'bazel build //nodejs',
                  basePosition: 1,
                  headPosition: 1,
                },
                {
                  kind: 'added',
                  bytes: 43_300_000,
                  origin: 'own',
                  instruction: 'RUN apt-get update && apt-get install -y build-essential python3',
                  line: 21,
                  headPosition: 3,
                },
                {
                  kind: 'removed',
                  bytes: -21_900_000,
                  origin: 'own',
                  instruction: 'COPY --from=deps /app/node_modules ./node_modules',
                  line: 21,
                  basePosition: 3,
                },
              ],
              files: createChangedFiles(),
              packages: createChangedPackages(),
              config: [{ key: 'user', before: '65532', after: null }],
            }),
            checks: [
              createCheck({
                status: 'failed',
                statement: '81.4 MB of 60.0 MB unpacked',
                measure: { actual: 81_400_000, limit: 60_000_000, unit: 'bytes' },
              }),
              createCheck({
                rule: 'max-layers',
                severity: 'warning',
                statement: '5 of 12 layers',
                measure: { actual: 5, limit: 12, unit: 'count' },
              }),
              createCheck({ rule: 'nonroot', status: 'failed', statement: 'runs as uid 0 (root)' }),
              createCheck({
                rule: 'distroless',
                severity: 'warning',
                status: 'failed',
                statement: 'a shell and a package manager',
              }),
              createCheck({ rule: 'setuid', status: 'waived', statement: '1 setuid file, waived' }),
            ],
            findings: [
              createFinding({
                rule: 'max-size',
                message: 'the image is 81.4 MB unpacked, 21.4 MB over its budget of 60.0 MB',
                evidence: [{ layer: 3, file: 'services/api/Dockerfile', line: 21 }],
                remedy:
                  'look first at the largest own layer, 43.3 MB unpacked: `RUN apt-get update && apt-get install …`',
                savesBytes: 21_400_000,
              }),
              createFinding({
                message: 'runs as uid 0 (root), since neither the Dockerfile nor the base image sets USER',
                remedy: 'add `USER 65532:65532` at the end of the final stage, after the instructions that need root',
              }),
              createFinding({
                rule: 'distroless',
                severity: 'warning',
                message: 'a shell is in the image',
                evidence: [
                  { path: 'bin/sh', layer: 3 },
                  { path: 'usr/bin/dash', layer: 3 },
                ],
                remedy: 'copy only what runs into the final stage',
                isNew: true,
              }),
              createFinding({
                rule: 'setuid',
                message: 'a setuid file belongs to root',
                evidence: [{ path: 'usr/bin/ping', layer: 1 }],
                remedy: '',
                origin: 'base',
                isNew: false,
                waiver: {
                  reason: 'the health probe needs it',
                  owner: '@net-team',
                  expires: '2027-01-31',
                  isExpired: false,
                },
              }),
            ],
          },
        ],
      }),
    ],
  });
}

function createTestsFailed(): Report {
  return createReport({
    verdict: 'fail',
    images: [
      createImageReport({
        verdict: 'fail',
        test: createTest({ status: 'failed', durationMs: 4_200, failures: [createFailure()] }),
        checks: [createCheck({ rule: 'test-target', status: 'failed', statement: 'test target test failed' })],
        findings: [
          createFinding({
            rule: 'test-target',
            message: 'test target test failed at RUN npm test: exit code 1',
            evidence: [{ file: 'services/api/Dockerfile', line: 14 }],
            remedy: 'mend the tests, or run them alone: `docker buildx build --target test`',
            isNew: null,
          }),
        ],
      }),
    ],
  });
}

function createNoBaseline(): Report {
  const { delta: _, ...platform } = createPlatform();
  const tried = [{ source: '--baseline', reason: 'no file was given' }];
  return createReport({
    images: [createImageReport({ platforms: [{ ...platform, baseline: { source: 'none', tried } }] })],
  });
}

function createOlderBaseline(): Report {
  const baseline = {
    source: 'actions-cache' as const,
    commit: '0c9be2f4471aa9d3d5f1c7e0b7a3a1f2d4c5b6a7',
    recordedAt: '2026-10-31T08:00:00Z',
    ref: 'refs/heads/main',
    wantedCommit: '77aa1c0d4471aa9d3d5f1c7e0b7a3a1f2d4c5b6a',
    verified: false,
    unverifiedReason: 'the token has no `actions: read`, so an earlier run of this pull request could have written it',
    tried: [],
  };
  return createReport({ images: [createImageReport({ platforms: [createPlatform({ baseline })] })] });
}

function createNotJudged(): Report {
  const platform = createPlatform();
  const notes = ["Docker's classic image store keeps plain layers: there is no download size"];
  return createReport({
    verdict: 'error',
    images: [
      createImageReport({
        verdict: 'error',
        platforms: [
          {
            ...platform,
            layers: platform.layers.map((layer) => ({
              ...layer,
              digest: null,
              downloadBytes: null,
              origin: 'unknown',
              originFrom: 'unknown',
            })),
            size: { ...platform.size, downloadBytes: null, notes },
            delta: createDelta({
              downloadBytes: null,
              base: null,
              own: null,
              baseChange: 'unknown',
              notes: ['the baseline was recorded on another image store, so layers may differ'],
            }),
            checks: [
              createCheck({
                rule: 'max-download-size',
                status: 'not-judged',
                statement: 'download size unknown',
                hint: 'select a builder that writes OCI layers: `docker buildx create --use`',
                measure: { actual: null, limit: 25_000_000, unit: 'bytes' },
              }),
            ],
          },
        ],
      }),
    ],
  });
}

function createSeveralImages(): Report {
  return createReport({
    verdict: 'fail',
    images: [
      createImageReport({
        platforms: [createPlatform(), createPlatform({ platform: 'linux/arm64', delta: createEmptyDelta() })],
      }),
      createImageReport({
        name: 'worker',
        verdict: 'fail',
        stages: [],
        checks: [],
        platforms: [createUnbuiltPlatform()],
        test: createTest({ status: 'nothing-ran', durationMs: 0 }),
      }),
      createImageReport({
        name: 'web',
        verdict: 'error',
        error: {
          message: 'could not load metadata of docker.io/library/nginx:1.29',
          hint: 'log in with `docker login`',
        },
        stages: [],
        checks: [],
        platforms: [],
      }),
    ],
  });
}

/** An image that nobody built here, as `inspect --base` reports it. */
function createInspected(overrides: Partial<WeighedPlatform> = {}): Report {
  const { build: _build, delta: _delta, ...platform } = createPlatform();
  const layers = platform.layers.map(({ stage: _stage, line: _line, lineFrom: _lineFrom, ...layer }) => ({
    ...layer,
    originFrom: 'diff-id' as const,
  }));
  const image = createImageReport();
  const { dockerfile: _dockerfile, context: _context, test: _test, ...rest } = image;
  const opened = { ...platform, layers, baseline: { source: 'none' as const, tried: [] }, checks: [], ...overrides };
  const { builder: _builder, ...report } = createReport();
  return {
    ...report,
    run: { startedAt: report.run.startedAt },
    images: [{ ...rest, name: 'docker-daemon:shop/api:1.4.0', stages: [], checks: [], platforms: [opened] }],
  };
}

function createInspectedLayer(): Report {
  const { files } = createPlatform();
  return createInspected({
    waste: [
      { path: '/app/package.json', bytes: 60_000, layer: 3, hiddenBy: 4, reason: 'overwritten' },
      { path: '/app/yarn.lock', bytes: 30_000, layer: 3, hiddenBy: 4, reason: 'deleted' },
      { path: '/app/twice', bytes: 10_000, layer: 3, hiddenBy: 3, reason: 'overwritten' },
    ],
    focus: { layer: 3, paths: ['/app/**'] },
    files: {
      count: files.count,
      largest: files.largest.slice(1),
      list: [
        { path: '/app', type: 'directory', mode: 0o755, uid: 0, gid: 0, bytes: 0, layer: 3 },
        { path: '/app/bin/sudo', type: 'file', mode: 0o4755, uid: 0, gid: 0, bytes: 281_000, layer: 3 },
        {
          path: '/app/bin/su',
          type: 'hardlink',
          mode: 0o4755,
          uid: 0,
          gid: 0,
          bytes: 281_000,
          linkTarget: '/app/bin/sudo',
          layer: 3,
        },
        {
          path: '/app/current',
          type: 'symlink',
          mode: 0o777,
          uid: 65532,
          gid: 65532,
          bytes: 0,
          linkTarget: '../releases/7',
          layer: 3,
        },
      ],
    },
  });
}

/** From Docker's classic store, without a base: no blobs, no split, and a history that does not fit. */
function createInspectedClassic(): Report {
  const { size, layers, base, user } = createPlatform();
  return createInspected({
    digest: null,
    size: {
      ...size,
      downloadBytes: null,
      notes: ['the download size is unknown: the image store keeps no compressed layers'],
    },
    layers: layers.map(({ stage: _stage, line: _line, lineFrom: _lineFrom, ...layer }) => ({
      ...layer,
      digest: null,
      downloadBytes: null,
      origin: 'unknown',
      originFrom: 'unknown',
      instruction: '',
    })),
    base: { family: base.family, viaStages: [] },
    user: { configured: 'app', uid: null, gid: null, setBy: user.setBy },
  });
}

/** What `apt-get install build-essential python3` brings and takes, as a delta lists it. */
function createChangedFiles(): FileDelta[] {
  const file = { type: 'file' as const, mode: 0o644, uid: 0, gid: 0 };
  const row = (path: string, bytes: number): FileDelta => ({
    path,
    kind: 'folder',
    bytes,
    count: 412,
    layer: 3,
    line: 21,
  });
  return [
    row('/usr/lib/gcc/x86_64-linux-gnu/14', 9_100_000),
    row('/usr/lib/python3.13', 7_800_000),
    {
      path: '/usr/bin/lto-dump',
      kind: 'added',
      bytes: 6_900_000,
      after: { ...file, bytes: 6_900_000 },
      layer: 3,
      line: 21,
    },
    row('/usr/share/doc', 1_300_000),
    { path: '/nodejs/bin/node', kind: 'changed', bytes: 695_200, layer: 1 },
    {
      path: '/app/dist/server.js',
      kind: 'changed',
      bytes: 204_800,
      before: { ...file, bytes: 2_000_000 },
      after: { ...file, bytes: 2_204_800 },
      layer: 4,
      line: 22,
      madeBy: { stage: 'build', line: 11 },
    },
    {
      path: '/usr/bin/su',
      kind: 'mode',
      bytes: 0,
      before: { ...file, bytes: 9 },
      after: { ...file, mode: 0o4755, bytes: 9 },
    },
    { path: '/app/node_modules', kind: 'folder', bytes: -21_900_000, count: 4_012 },
    {
      path: '/etc/shadow',
      kind: 'owner',
      bytes: 0,
      before: { ...file, bytes: 9 },
      after: { ...file, gid: 42, bytes: 9 },
    },
  ];
}

function createChangedPackages(): PackageDelta[] {
  return [
    { type: 'deb', name: 'build-essential', kind: 'added', after: '12.12' },
    { type: 'deb', name: 'libc6', kind: 'upgraded', before: '2.41-12', after: '2.41-12+deb13u1' },
    { type: 'deb', name: 'python3', kind: 'added', after: '3.13.5-1' },
    { type: 'npm', name: '@hapi/hapi', kind: 'removed', before: '21.4.3' },
    { type: 'npm', name: 'undici', kind: 'downgraded', before: '7.16.0', after: '7.10.0' },
  ];
}

/** Nothing but the base image changed: its layers, and what they hold. */
function createBaseMoved(): Report {
  const sizes = { downloadBytes: 6_100_000, unpackedBytes: 18_000_000, visibleBytes: 18_000_000, wastedBytes: 0 };
  const none = { downloadBytes: 0, unpackedBytes: 0, visibleBytes: 0, wastedBytes: 0 };
  const delta = createDelta({
    ...sizes,
    base: sizes,
    own: none,
    baseChange: 'moved',
    layers: createEmptyDelta().layers.map((layer) =>
      layer.instruction === 'bazel build //nodejs' ? { ...layer, kind: 'changed', bytes: 18_000_000 } : layer,
    ),
    files: [{ path: '/nodejs/bin/node', kind: 'changed', bytes: 18_000_000, layer: 1 }],
    packages: [{ type: 'deb', name: 'libssl3t64', kind: 'upgraded', before: '3.5.1-1', after: '3.5.4-1' }],
  });
  return createReport({ images: [createImageReport({ platforms: [createPlatform({ delta })] })] });
}

/** Two images that nobody built here, as `compare --base` reports them. */
function createCompared(overrides: Partial<WeighedPlatform> = {}): Report {
  const delta = createDelta();
  const layers = delta.layers.map(({ line: _line, ...layer }) => layer);
  const files = createChangedFiles().map(({ line: _line, madeBy: _madeBy, ...file }) => file);
  return createInspected({
    baseline: {
      source: 'image',
      reference: 'docker-daemon:shop/api:1.3.0',
      digest: createDigest(0xa000),
      tried: [],
    },
    delta: { ...delta, layers, files: files.slice(4, 5), packages: createChangedPackages() },
    ...overrides,
  });
}

function createComparedBeyondGrowth(): Report {
  const report = createCompared({
    baseline: {
      source: 'report',
      reference: 'main.json',
      commit: '0c9be2f4471a',
      recordedAt: '2026-11-02T17:00:00Z',
      tried: [],
    },
    delta: createDelta({ files: [], base: null, own: null, baseChange: 'unknown' }),
    checks: [
      createCheck({
        rule: 'max-growth',
        status: 'failed',
        statement: '+1.2 MB unpacked, +1.0 MB allowed',
        measure: { actual: 1_200_000, limit: 1_000_000, unit: 'bytes' },
      }),
    ],
    findings: [
      createFinding({
        rule: 'max-growth',
        message: 'the image grew too much: +1.2 MB unpacked, +1.0 MB allowed',
        evidence: [{ layer: 3 }],
        remedy: 'look first at `COPY --from=deps /app/node_modules ./node_modules`, which gave +1.2 MB',
        savesBytes: 200_000,
        isNew: null,
      }),
    ],
  });
  return { ...report, verdict: 'fail', images: report.images.map((image) => ({ ...image, verdict: 'fail' })) };
}
