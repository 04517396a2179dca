import type { Report, WeighedPlatform } from '../../src/report/report.ts';
import { createProfileLayer } from './profile.ts';
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
