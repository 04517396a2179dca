import { describe, expect, it } from '@jest/globals';
import type { BuildProvenance, StepLayers } from '../../src/build/build-record.ts';
import { fromChain } from '../../src/dockerfile/from-chain.ts';
import { readDockerfile } from '../../src/dockerfile/read-dockerfile.ts';
import { applyLayers } from '../../src/image/apply-layers.ts';
import type { Image } from '../../src/image/image.ts';
import { createProfile } from '../../src/profile/create-profile.ts';
import type { FinalChain } from '../../src/profile/final-chain.ts';
import type { Profile } from '../../src/profile/profile.ts';
import { file, hardlink, image, imageWith, layer, symlink, whiteout } from '../support/image-builder.ts';

const dockerfile = [
  'FROM golang:1.25 AS build',
  'RUN go build -o /out/app .',
  'FROM gcr.io/distroless/static:nonroot AS base',
  'WORKDIR /srv',
  'FROM base AS final',
  'COPY --from=build /out/app /app',
  'USER 65532',
].join('\n');

const built = image(
  layer(file('/etc/os-release', 'NAME="Debian"\nPRETTY_NAME="Distroless"\n')),
  layer(file('/etc/passwd', 'root:x:0:0::/:\nnonroot:x:65532:65532::/home/nonroot:')),
  layer(),
  layer(file('/app', 5000)),
);

function chainOf(text: string, buildContexts: Record<string, string> = {}): FinalChain {
  const options = { file: 'Dockerfile', buildArgs: {}, buildContexts, targets: [undefined], platform: 'linux/amd64' };
  const reading = readDockerfile(text, options);
  if (reading.kind !== 'graph') throw new Error(JSON.stringify(reading));
  return fromChain(reading.graph, reading.graph.defaultTarget);
}

function step(of: Image, count: number, line: number, isImage = false): StepLayers {
  return { chain: chainOfLayers(of, count), depth: count, lines: [{ start: line, end: line }], isImage };
}

function chainOfLayers(of: Image, count: number): string[] {
  return of.layers.slice(0, count).map((each) => each.digest ?? each.diffId);
}

function profileOf(
  of: Image,
  steps: readonly StepLayers[],
  chain: FinalChain | undefined = chainOf(dockerfile),
): Profile {
  const provenance: BuildProvenance = {
    steps,
    materials: [
      { reference: 'golang:1.25', digest: 'sha256:aa' },
      { reference: 'gcr.io/distroless/static:nonroot', digest: 'sha256:bb' },
    ],
  };
  return createProfile(of, applyLayers(of.layers), { provenance, chain });
}

const steps = [step(built, 2, 3, true), step(built, 3, 4), step(built, 4, 6)];

describe('createProfile', () => {
  it('tells base layers from own ones and gives each own layer its line, through local stages', () => {
    const { layers } = profileOf(built, steps);
    expect(layers.map(({ origin, originFrom }) => [origin, originFrom])).toEqual([
      ['base', 'provenance'],
      ['base', 'provenance'],
      ['own', 'provenance'],
      ['own', 'provenance'],
    ]);
    expect(layers.slice(2)).toMatchObject([
      { instruction: 'WORKDIR /srv', stage: 'base', line: 4, lineFrom: 'provenance' },
      { instruction: 'COPY --from=build /out/app /app', stage: 'final', line: 6, lineFrom: 'provenance' },
    ]);
  });

  it('follows diff IDs where the classic store has nothing else', () => {
    const classic = { ...built, digest: null, layers: built.layers.map((each) => ({ ...each, digest: null })) };
    const byDiffId = [step(classic, 2, 3, true), step(classic, 3, 4), step(classic, 4, 6)];
    expect(profileOf(classic, byDiffId).layers.map((each) => each.line)).toEqual([undefined, undefined, 4, 6]);
  });

  it('maps a digest that stands twice by position', () => {
    const twice = image(layer(file('/a', 10)), layer(file('/a', 10)));
    const chain = chainOf('FROM scratch\nCOPY a /a\nCOPY a /a\n');
    const { layers } = profileOf(twice, [step(twice, 1, 2), step(twice, 2, 3)], chain);
    expect(layers.map(({ line, origin }) => [line, origin])).toEqual([
      [2, 'own'],
      [3, 'own'],
    ]);
  });

  it('prefers the line of the final stage when BuildKit ran equal steps of two stages as one', () => {
    const one = image(layer(file('/a', 10)));
    const chain = chainOf('FROM scratch AS other\nCOPY a /a\nFROM scratch\nCOPY a /a\n');
    const lines = [
      { start: 2, end: 2 },
      { start: 4, end: 4 },
    ];
    expect(
      profileOf(one, [{ chain: chainOfLayers(one, 1), depth: 1, lines, isImage: false }], chain).layers[0]?.line,
    ).toBe(4);
  });

  it('maps a step by its depth when an equal result of it, under another digest, lies below the image', () => {
    const other: StepLayers = { ...step(built, 3, 4), chain: [...chainOfLayers(built, 2), 'sha256:equal'] };
    const { layers } = profileOf(built, [step(built, 2, 3, true), other, step(built, 4, 6)]);
    expect(layers.slice(2).map(({ line, lineFrom }) => [line, lineFrom])).toEqual([
      [4, 'provenance'],
      [6, 'provenance'],
    ]);
  });

  it('maps a step whose chain BuildKit left out by its depth', () => {
    const bare: StepLayers = { ...step(built, 3, 4), chain: [] };
    const { layers } = profileOf(built, [step(built, 2, 3, true), bare, step(built, 4, 6)]);
    expect(layers.slice(2).map(({ line, lineFrom }) => [line, lineFrom])).toEqual([
      [4, 'provenance'],
      [6, 'provenance'],
    ]);
  });

  it('does not count depths that do not add up to the image, since some steps leave no layer', () => {
    const bare: StepLayers = { ...step(built, 3, 4), chain: [], depth: 4 };
    const { layers } = profileOf(built, [
      step(built, 2, 3, true),
      bare,
      { ...bare, depth: 5, lines: [{ start: 6, end: 6 }] },
    ]);
    expect(layers.slice(2).map(({ lineFrom }) => lineFrom)).not.toContain('provenance');
  });

  it('falls back on history without provenance, and says so', () => {
    const history = ['base', 'base', 'WORKDIR /srv', 'COPY /out/app /app # buildkit'].map((createdBy, at) => ({
      createdBy,
      comment: at < 2 ? '' : 'buildkit.dockerfile.v0',
      isEmpty: false,
    }));
    const { layers } = createProfile({ ...built, history }, applyLayers(built.layers), {
      provenance: undefined,
      chain: chainOf(dockerfile),
    });
    expect(layers.map(({ origin, originFrom, line, lineFrom }) => [origin, originFrom, line, lineFrom])).toEqual([
      ['base', 'history', undefined, undefined],
      ['base', 'history', undefined, undefined],
      ['own', 'history', 4, 'history'],
      ['own', 'history', 6, 'history'],
    ]);
  });

  it('claims no origin where neither provenance nor history knows one', () => {
    const { layers } = createProfile(built, applyLayers(built.layers), { provenance: undefined, chain: undefined });
    expect(new Set(layers.map((each) => each.origin))).toEqual(new Set(['unknown']));
  });

  it('names the base with digest, family, line and the stages on the way', () => {
    expect(profileOf(built, steps).base).toEqual({
      reference: 'gcr.io/distroless/static:nonroot',
      digest: 'sha256:bb',
      line: 3,
      family: 'distroless',
      viaStages: ['base'],
    });
  });

  it('has no base layers on scratch or on a folder in place of an image', () => {
    const single = image(layer(file('/a', 10)));
    expect(profileOf(single, [], chainOf('FROM scratch\nCOPY a /a')).layers[0]?.origin).toBe('own');
    const { base, layers } = profileOf(single, [], chainOf('FROM alpine\nCOPY a /a', { alpine: './folder' }));
    expect([base.reference, layers[0]?.origin]).toEqual([undefined, 'own']);
  });

  it('does not call a layout on disk by the name of the image that it replaces', () => {
    const chain = chainOf('FROM gcr.io/distroless/static\nCOPY a /a', {
      'gcr.io/distroless/static': 'oci-layout:///tmp/mine:latest',
    });
    expect(profileOf(built, [], chain).base.reference).toBe('oci-layout:///tmp/mine:latest');
  });

  it.each([
    ['own, with its line', dockerfile, '65532', { setBy: 'own', line: 7, uid: 65532, name: 'nonroot' }],
    ['the base', dockerfile.replace('USER 65532', ''), 'nonroot', { setBy: 'base', uid: 65532 }],
    ['nobody, which is root', dockerfile.replace('USER 65532', ''), '', { setBy: 'default', uid: 0 }],
  ])('says that USER was set by %s', (_, text, user, expected) => {
    const profile = profileOf({ ...built, config: { ...built.config, user } }, steps, chainOf(text));
    expect(profile.user).toMatchObject(expected);
  });

  it('lists a body once however many names it has, largest first', () => {
    const linked = image(layer(file('/b', 20), hardlink('/a', '/b'), symlink('/l', '/b'), file('/c', 30)));
    expect(profileOf(linked, []).files).toEqual({
      count: 3,
      largest: [
        { path: '/c', bytes: 30, layer: 0 },
        { path: '/a', bytes: 20, layer: 0 },
      ],
    });
  });

  it('blames waste on the layer that hid it', () => {
    const wasted = image(layer(file('/a', 10)), layer(whiteout('/a')));
    const { size, waste, layers } = profileOf(wasted, []);
    expect(size).toMatchObject({ unpackedBytes: 10, visibleBytes: 0, wastedBytes: 10 });
    expect(waste).toEqual([{ path: '/a', bytes: 10, layer: 0, hiddenBy: 1, reason: 'deleted' }]);
    expect(layers.map(({ wastedBytes, hidesBytes }) => [wastedBytes, hidesBytes])).toEqual([
      [10, 0],
      [0, 10],
    ]);
  });

  it('counts config and distinct blobs as download, and nothing where a layer has no blob', () => {
    const twice = image(layer(file('/a', 10)), layer(file('/a', 10)));
    const [first] = twice.layers;
    expect(profileOf(twice, []).size.downloadBytes).toBe((first?.downloadBytes ?? 0) + twice.configBytes);
    const plain = { ...twice, layers: twice.layers.map((each) => ({ ...each, downloadBytes: null })) };
    expect(profileOf(plain, []).size.downloadBytes).toBeNull();
  });

  it('keeps values of ENV to itself', () => {
    const secret = imageWith({ config: { env: ['TOKEN=hunter2', 'PATH=/bin'] } }, layer(file('/a', 1)));
    const profile = profileOf(secret, []);
    expect(profile.config.env).toEqual(['TOKEN', 'PATH']);
    expect(JSON.stringify(profile)).not.toContain('hunter2');
  });
});
