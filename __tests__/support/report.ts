import type { Delta } from '../../src/compare/delta.ts';
import type { Check, Finding } from '../../src/policy/finding.ts';
import type {
  BuildReport,
  Failure,
  ImageReport,
  Report,
  StageReport,
  TestReport,
  UnbuiltPlatform,
  WaiverReport,
  WeighedPlatform,
} from '../../src/report/report.ts';
import { createProfile } from './profile.ts';

/** A report of one image, `api`, that passed, on one platform, with a baseline that differs a little. */
export function createReport(overrides: Partial<Report> = {}): Report {
  return {
    schemaVersion: 1,
    tool: { name: 'stagegate', version: '0.1.0' },
    verdict: 'pass',
    run: {
      startedAt: '2026-11-03T09:10:00Z',
      event: 'pull_request',
      commit: '5f1d7a84b6a58afa0b82c2d60d5cf64c9a7d8a6e',
      pullRequest: 42,
    },
    builder: { name: 'default', driver: 'docker', store: 'containerd', buildkit: 'v0.26.1', buildx: 'v0.30.0' },
    images: [createImageReport()],
    ...overrides,
  };
}

export function createImageReport(overrides: Partial<ImageReport> = {}): ImageReport {
  return {
    name: 'api',
    dockerfile: 'services/api/Dockerfile',
    context: 'services/api',
    verdict: 'pass',
    stages: createStages(),
    notes: [],
    test: createTest(),
    checks: [createCheck({ rule: 'test-target', statement: 'test stage `test` ran and passed' })],
    findings: [],
    waivers: [],
    platforms: [createPlatform()],
    ...overrides,
  };
}

/** A weighed platform: profile, build, baseline of a file, delta, checks that passed. */
export function createPlatform(overrides: Partial<WeighedPlatform> = {}): WeighedPlatform {
  return {
    ...createProfile(),
    build: createBuild(),
    baseline: {
      source: 'file',
      commit: '0c9be2f4471aa9d3d5f1c7e0b7a3a1f2d4c5b6a7',
      recordedAt: '2026-11-02T17:00:00Z',
      tried: [],
    },
    delta: createDelta(),
    checks: [createCheck(), createCheck({ rule: 'nonroot', statement: 'runs as nonroot (uid 65532), set at line 24' })],
    findings: [],
    ...overrides,
  };
}

export function createUnbuiltPlatform(overrides: Partial<UnbuiltPlatform> = {}): UnbuiltPlatform {
  return {
    platform: 'linux/amd64',
    build: {
      target: 'runtime',
      durationMs: 8_400,
      steps: [
        { stage: 'build', instruction: 'RUN npm ci', line: 7, cached: true, durationMs: 0 },
        {
          stage: 'build',
          instruction: 'RUN npm run build',
          line: 9,
          cached: false,
          durationMs: 6_100,
          error: 'process "/bin/sh -c npm run build" did not complete successfully: exit code: 2',
        },
      ],
      failure: createFailure({
        step: 'RUN npm run build',
        line: 9,
        exitCode: 2,
        message: 'process "/bin/sh -c npm run build" did not complete successfully: exit code: 2',
        log: [
          '> api@1.4.0 build',
          '> tsc -p .',
          "src/server.ts(14,7): error TS2322: Type 'string' is not assignable to type 'number'.",
        ],
      }),
    },
    ...overrides,
  };
}

/** One own layer grew by 1.2 MB, the base is the same. */
export function createDelta(overrides: Partial<Delta> = {}): Delta {
  return {
    downloadBytes: 402_110,
    unpackedBytes: 1_200_000,
    visibleBytes: 1_200_000,
    wastedBytes: 0,
    base: { downloadBytes: 0, unpackedBytes: 0, visibleBytes: 0, wastedBytes: 0 },
    own: { downloadBytes: 402_110, unpackedBytes: 1_200_000, visibleBytes: 1_200_000, wastedBytes: 0 },
    baseChange: 'none',
    layers: [
      { kind: 'same', bytes: 0, origin: 'base', instruction: 'bazel build //base', basePosition: 0, headPosition: 0 },
      { kind: 'same', bytes: 0, origin: 'base', instruction: 'bazel build //nodejs', basePosition: 1, headPosition: 1 },
      {
        kind: 'same',
        bytes: 0,
        origin: 'own',
        instruction: 'WORKDIR /app',
        line: 20,
        basePosition: 2,
        headPosition: 2,
      },
      {
        kind: 'changed',
        bytes: 1_200_000,
        origin: 'own',
        instruction: 'COPY --from=deps /app/node_modules ./node_modules',
        line: 21,
        basePosition: 3,
        headPosition: 3,
      },
      {
        kind: 'same',
        bytes: 0,
        origin: 'own',
        instruction: 'COPY --from=build /app/dist ./dist',
        line: 22,
        basePosition: 4,
        headPosition: 4,
      },
    ],
    files: [],
    packages: [],
    config: [],
    notes: [],
    ...overrides,
  };
}

/** Nothing changed at all: every layer the same. */
export function createEmptyDelta(overrides: Partial<Delta> = {}): Delta {
  const none = { downloadBytes: 0, unpackedBytes: 0, visibleBytes: 0, wastedBytes: 0 };
  const layers = createDelta().layers.map((layer) => ({ ...layer, kind: 'same' as const, bytes: 0 }));
  return {
    ...none,
    base: none,
    own: none,
    baseChange: 'none',
    layers,
    files: [],
    packages: [],
    config: [],
    notes: [],
    ...overrides,
  };
}

/** `max-size`, passed at 58.1 of 60 MB. */
export function createCheck(overrides: Partial<Check> = {}): Check {
  const isSize = (overrides.rule ?? 'max-size') === 'max-size';
  return {
    rule: 'max-size',
    severity: 'error',
    status: 'passed',
    statement: '58.1 MB of 60.0 MB unpacked',
    ...(isSize ? { measure: { actual: 58_100_000, limit: 60_000_000, unit: 'bytes' as const } } : {}),
    ...overrides,
  };
}

export function createFinding(overrides: Partial<Finding> = {}): Finding {
  return {
    rule: 'nonroot',
    severity: 'error',
    message: 'the container runs as root: no stage sets USER and the base image sets none',
    evidence: [{ file: 'services/api/Dockerfile', line: 18 }],
    remedy: 'add `USER 65532:65532` after line 22',
    origin: 'own',
    isNew: true,
    ...overrides,
  };
}

export function createWaiver(overrides: Partial<WaiverReport> = {}): WaiverReport {
  return {
    rule: 'setuid',
    path: '/usr/bin/ping',
    reason: 'the health probe needs it',
    owner: '@net-team',
    expires: '2027-01-31',
    status: 'used',
    ...overrides,
  };
}

export function createTest(overrides: Partial<TestReport> = {}): TestReport {
  return { target: 'test', status: 'passed', durationMs: 12_300, failures: [], ...overrides };
}

export function createFailure(overrides: Partial<Failure> = {}): Failure {
  return {
    step: 'RUN npm test',
    line: 14,
    exitCode: 1,
    message: 'process "/bin/sh -c npm test" did not complete successfully: exit code: 1',
    log: [
      '✖ refuses an order without items (3.2ms)',
      '  AssertionError: Expected values to be strictly equal:',
      '  200 !== 422',
      'ℹ tests 31',
      'ℹ pass 30',
      'ℹ fail 1',
    ],
    ...overrides,
  };
}

export function createBuild(overrides: Partial<BuildReport> = {}): BuildReport {
  return {
    target: 'runtime',
    durationMs: 31_200,
    steps: [
      { stage: 'deps', instruction: 'WORKDIR /app', line: 4, cached: true, durationMs: 0 },
      { stage: 'deps', instruction: 'COPY package*.json ./', line: 5, cached: true, durationMs: 0 },
      { stage: 'deps', instruction: 'RUN npm ci --omit=dev', line: 6, cached: true, durationMs: 0 },
      { stage: 'build', instruction: 'COPY . .', line: 10, cached: false, durationMs: 210 },
      { stage: 'build', instruction: 'RUN npm run build', line: 11, cached: false, durationMs: 9_400 },
      {
        stage: 'runtime',
        instruction: 'COPY --from=deps /app/node_modules ./node_modules',
        line: 21,
        cached: false,
        durationMs: 800,
      },
      {
        stage: 'runtime',
        instruction: 'COPY --from=build /app/dist ./dist',
        line: 22,
        cached: false,
        durationMs: 90,
      },
    ],
    ...overrides,
  };
}

/** deps → build → test and runtime, with a `docs` stage that neither needs. */
export function createStages(): StageReport[] {
  const node = 'docker.io/library/node:24-slim';
  return [
    createStage({ name: 'deps', index: 0, base: node, line: 3, durationMs: 0, cached: true }),
    createStage({
      name: 'build',
      index: 1,
      base: 'deps',
      line: 9,
      dependsOn: [{ by: 'from', stage: 0, line: 9 }],
      durationMs: 9_610,
      cached: false,
    }),
    createStage({
      name: 'test',
      index: 2,
      base: 'build',
      line: 13,
      isTest: true,
      dependsOn: [{ by: 'from', stage: 1, line: 13 }],
      durationMs: 12_300,
      cached: false,
    }),
    createStage({
      name: 'docs',
      index: 3,
      base: 'build',
      line: 16,
      isNeeded: false,
      dependsOn: [{ by: 'from', stage: 1, line: 16 }],
    }),
    createStage({
      name: 'runtime',
      index: 4,
      base: 'gcr.io/distroless/nodejs24-debian13:nonroot',
      line: 19,
      isFinal: true,
      dependsOn: [
        { by: 'from', image: 'gcr.io/distroless/nodejs24-debian13:nonroot', line: 19 },
        { by: 'copy', stage: 0, line: 21 },
        { by: 'copy', stage: 1, line: 22 },
      ],
      durationMs: 890,
      cached: false,
    }),
  ];
}

export function createStage(overrides: Partial<StageReport> = {}): StageReport {
  return {
    index: 0,
    base: 'docker.io/library/alpine:3.23',
    line: 1,
    isFinal: false,
    isTest: false,
    isNeeded: true,
    dependsOn: [{ by: 'from', image: overrides.base ?? 'docker.io/library/alpine:3.23', line: overrides.line ?? 1 }],
    ...overrides,
  };
}
