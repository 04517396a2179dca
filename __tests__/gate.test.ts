import { describe, expect, it } from '@jest/globals';
import { findNothing } from '../src/baseline/find-baseline.ts';
import { findInFile } from '../src/baseline/find-in-file.ts';
import type { Builder, BuildRecord } from '../src/build/build-record.ts';
import { type GateEffects, gate } from '../src/gate.ts';
import { rules } from '../src/policy/rules/index.ts';
import type { Profile } from '../src/profile/profile.ts';
import type { ImageEntry, Settings } from '../src/settings/settings.ts';
import { UserError } from '../src/user-error.ts';
import { createRecord } from './support/build-record.ts';
import { file, imageWith, layer } from './support/image-builder.ts';

const builder: Builder = {
  name: 'default',
  driver: 'docker',
  store: 'containerd',
  buildkit: 'v0.25.0',
  buildx: '0.29.1',
  nodes: 1,
  exportsOci: true,
  severalOutputs: true,
};

const image = imageWith({ config: { user: '1000' } }, layer(file('/app', 5000)));
const built: BuildRecord = createRecord({ image: { kind: 'oci-layout', directory: '/nowhere' } });

function effects(overrides: Partial<GateEffects> & { readonly dockerfile?: string } = {}): GateEffects {
  const { dockerfile = 'FROM scratch AS test\nRUN make test\nFROM scratch\nCOPY app /app\nUSER 1000\n', ...rest } =
    overrides;
  return {
    env: {},
    run: {},
    now: () => new Date('2026-11-22T10:00:00Z'),
    hostPlatform: 'linux/amd64',
    findBaseline: findNothing({ source: 'file', reason: 'none was named' }),
    lookInContext: async () => () => undefined,
    readDockerfileText: async () => dockerfile,
    builder: async () => builder,
    buildTargets: async ({ entry }, onFinal) => {
      await onFinal(built);
      return entry.testTarget === undefined ? { final: built } : { final: built, test: createRecord() };
    },
    openImage: async () => image,
    ...rest,
  };
}

function entry(overrides: Partial<ImageEntry> = {}): ImageEntry {
  return {
    name: 'api',
    context: '/repo',
    contextAsWritten: '.',
    dockerfile: '/repo/Dockerfile',
    dockerfileAsWritten: 'Dockerfile',
    buildArgs: {},
    buildContexts: {},
    secrets: [],
    ssh: [],
    cacheFrom: [],
    cacheTo: [],
    noCache: false,
    noCacheFilters: [],
    pull: false,
    addHosts: [],
    labels: [],
    tags: [],
    load: false,
    rules: new Map(rules.map(({ id, severity }) => [id, { severity, options: {} }])),
    waivers: [],
    ...overrides,
  };
}

function settings(...images: [ImageEntry, ...ImageEntry[]]): Settings {
  return { images, failOn: 'error', outputs: [{ format: 'json', file: undefined }] };
}

describe('gate', () => {
  it('passes a good image, with its size, stages and builder in the report', async () => {
    const report = await gate(settings(entry({ testTarget: 'test' })), effects());
    expect(report).toMatchObject({
      verdict: 'pass',
      builder: { name: 'default', driver: 'docker', store: 'containerd' },
      images: [
        { test: { status: 'passed' }, platforms: [{ size: { unpackedBytes: 5000 }, user: { uid: 1000, line: 5 } }] },
      ],
    });
    expect(report.builder).not.toHaveProperty('nodes');
  });

  it('refuses what BuildKit would refuse without asking for a builder', async () => {
    const unasked = {
      builder: () => Promise.reject(new Error('asked')),
      dockerfile: 'FROM a AS b\nCOPY --from=9 x /\n',
    };
    const report = await gate(settings(entry()), effects(unasked));
    expect(report).toMatchObject({
      verdict: 'fail',
      images: [{ findings: [{ rule: 'dockerfile', evidence: [{ line: 2 }] }] }],
    });
  });

  it('asks the builder for its platform before it refuses what may hang on it', async () => {
    const dockerfile = 'FROM scratch AS base-arm64\nFROM base-${TARGETARCH} AS final\nFROM final\nUSER 1000\n';
    const report = await gate(
      settings(entry()),
      effects({ dockerfile, builder: async () => ({ ...builder, platform: 'linux/arm64' }) }),
    );
    expect(report.images[0]?.stages[1]?.base).toBe('base-arm64');
  });

  it('could not judge when there is no engine, and goes on with the next image', async () => {
    let asked = 0;
    const broken = async () => {
      asked += 1;
      if (asked === 1) throw new UserError('no engine', { hint: 'start it', exitCode: 3 });
      return builder;
    };
    const report = await gate(settings(entry(), entry({ name: 'web' })), effects({ builder: broken }));
    expect(report.images.map(({ name, verdict, error }) => [name, verdict, error])).toEqual([
      ['api', 'error', { message: 'no engine', hint: 'start it' }],
      ['web', 'pass', undefined],
    ]);
    expect(report.verdict).toBe('error');
  });

  it('throws on a mistake in the call and on a bug, so that neither looks like a verdict', async () => {
    const wrong = () => Promise.reject(new UserError('no such builder'));
    await expect(gate(settings(entry()), effects({ builder: wrong }))).rejects.toThrow('no such builder');
    const bug = () => Promise.reject(new TypeError('x is not a function'));
    await expect(gate(settings(entry()), effects({ openImage: bug }))).rejects.toThrow('x is not a function');
  });

  it.each([
    ['dockerfile', 'fail'],
    ['infrastructure', 'error'],
  ] as const)('has no image but a failure when the final build ended by fault of %s: %s', async (fault, verdict) => {
    const failure = { fault, message: 'it broke', log: ['last words'] };
    const final = createRecord({ status: 'failed', failure });
    const report = await gate(settings(entry()), effects({ buildTargets: async () => ({ final }) }));
    expect(report).toMatchObject({
      verdict,
      images: [{ platforms: [{ build: { failure: { message: 'it broke' } } }] }],
    });
  });

  it('says nothing of tests when the engine broke under them, and does not pass', async () => {
    const test = createRecord({ status: 'failed', failure: { fault: 'infrastructure', message: 'gone', log: [] } });
    const buildTargets: GateEffects['buildTargets'] = async (_, onFinal) => {
      await onFinal(built);
      return { final: built, test };
    };
    const report = await gate(settings(entry({ testTarget: 'test' })), effects({ buildTargets }));
    expect(report).toMatchObject({ verdict: 'error', images: [{ error: { message: 'gone' } }] });
    expect(report.images[0]).not.toHaveProperty('test');
  });

  it('goes without a baseline that cannot be read, says why, and passes', async () => {
    const findBaseline = findInFile({ path: '/x/main.json', asWritten: 'main.json' });
    const report = await gate(settings(entry()), effects({ findBaseline }));
    expect(report).toMatchObject({
      verdict: 'pass',
      images: [
        { platforms: [{ baseline: { source: 'none', tried: [{ reason: expect.stringContaining('main.json') }] } }] },
      ],
    });
  });

  it('compares with its own earlier report, and notes another image store', async () => {
    const earlier = await gate(settings(entry()), effects());
    const before = { ...earlier, builder: { ...earlier.builder, store: 'classic' } };
    const main = { path: '/x/main.json', asWritten: 'main.json' };
    const findBaseline = findInFile(main, async () => JSON.stringify(before));
    const report = await gate(settings(entry()), effects({ findBaseline }));
    const [platform] = report.images[0]?.platforms ?? [];
    expect(platform).toMatchObject({
      delta: {
        unpackedBytes: 0,
        notes: [expect.stringContaining('no file index'), expect.stringContaining('classic image store')],
      },
    });
  });

  it('looks the baseline up once, while the image builds', async () => {
    const happened: string[] = [];
    const { buildTargets, findBaseline } = effects();
    await gate(
      settings(entry()),
      effects({
        findBaseline: async (wanted) => {
          happened.push(`looked up ${wanted.platform}`);
          return findBaseline(wanted);
        },
        buildTargets: async (order, onFinal) => {
          happened.push('building');
          const records = await buildTargets(order, onFinal);
          happened.push('built');
          return records;
        },
      }),
    );
    expect(happened).toEqual(['looked up linux/amd64', 'building', 'built']);
  });

  it.each<[string, Partial<GateEffects>, number | undefined]>([
    ['the image that was read', {}, 5000],
    ['nothing where it did not build', { buildTargets: async () => ({ final: createRecord() }) }, undefined],
    [
      'nothing where the engine is gone',
      { buildTargets: () => Promise.reject(new UserError('gone', { exitCode: 3 })) },
      undefined,
    ],
  ])('tells whoever looks the baseline up of %s', async (_, overrides, bytes) => {
    const heads: (Profile | undefined)[] = [];
    const findBaseline: GateEffects['findBaseline'] = async ({ head }) => {
      heads.push(await head);
      return { tried: [] };
    };
    const { buildTargets } = effects(overrides);
    await gate(
      settings(entry()),
      effects({ findBaseline, buildTargets: async (order, onFinal) => buildTargets(order, onFinal) }),
    );
    expect(heads.map((head) => head?.size.unpackedBytes)).toEqual([bytes]);
  });

  it('gives a build argument without a value that of the environment, and none where that has none', async () => {
    const dockerfile = 'ARG BASE\nFROM ${BASE:-scratch}\nUSER 1000\n';
    const asked = entry({ buildArgs: { BASE: undefined } });
    const given = await gate(settings(asked), effects({ dockerfile, env: { BASE: 'alpine:3' } }));
    expect(given.images[0]?.stages[0]?.base).toBe('alpine:3');
    const absent = await gate(settings(asked), effects({ dockerfile }));
    expect(absent.images[0]?.stages[0]?.base).toBe('scratch');
  });
});
