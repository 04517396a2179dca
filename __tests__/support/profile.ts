import type { Profile, ProfileLayer } from '../../src/profile/profile.ts';

/** A digest that is valid and tells its seed at a glance: `sha256:000…0042`. */
export function createDigest(seed: number): string {
  return `sha256:${seed.toString(16).padStart(64, '0')}`;
}

/** An own layer of 10 MB unpacked, 4 MB as download; digests follow the position unless given. */
export function createProfileLayer(overrides: Partial<ProfileLayer> = {}): ProfileLayer {
  const position = overrides.position ?? 0;
  return {
    position,
    digest: createDigest(0xb000 + position),
    diffId: createDigest(0xd000 + position),
    mediaType: 'application/vnd.oci.image.layer.v1.tar+gzip',
    downloadBytes: 4_000_000,
    unpackedBytes: 10_000_000,
    wastedBytes: 0,
    hidesBytes: 0,
    origin: 'own',
    originFrom: 'provenance',
    instruction: 'COPY . /app',
    ...overrides,
  };
}

/** A small Node service on distroless: two base layers, three own ones, 58.1 MB unpacked, user 65532. */
export function createProfile(overrides: Partial<Profile> = {}): Profile {
  return {
    platform: 'linux/amd64',
    digest: createDigest(0xa001),
    configDigest: createDigest(0xc001),
    created: '2026-11-03T09:12:44Z',
    size: {
      downloadBytes: 21_304_118,
      unpackedBytes: 58_100_000,
      visibleBytes: 58_000_000,
      wastedBytes: 100_000,
      notes: [],
    },
    layers: createServiceLayers(),
    user: { configured: '65532', uid: 65_532, gid: 65_532, name: 'nonroot', setBy: 'own', line: 24 },
    config: {
      entrypoint: ['/nodejs/bin/node'],
      cmd: ['dist/server.js'],
      workingDir: '/app',
      env: ['PATH', 'NODE_ENV'],
      ports: ['8080/tcp'],
      volumes: [],
      labels: {},
    },
    base: {
      reference: 'gcr.io/distroless/nodejs24-debian13:nonroot',
      digest: createDigest(0xba5e),
      family: 'distroless',
      viaStages: [],
    },
    files: {
      count: 4_312,
      largest: [
        { path: '/nodejs/bin/node', bytes: 31_400_000, layer: 1 },
        { path: '/app/node_modules/sharp/vendor/libvips.so', bytes: 6_800_000, layer: 3 },
      ],
    },
    waste: [{ path: '/app/package.json', bytes: 100_000, layer: 3, hiddenBy: 4, reason: 'overwritten' }],
    ...overrides,
  };
}

function createServiceLayers(): ProfileLayer[] {
  return [
    createProfileLayer({
      position: 0,
      origin: 'base',
      instruction: 'bazel build //base',
      unpackedBytes: 2_300_000,
      downloadBytes: 804_118,
    }),
    createProfileLayer({
      position: 1,
      origin: 'base',
      instruction: 'bazel build //nodejs',
      unpackedBytes: 31_400_000,
      downloadBytes: 12_500_000,
    }),
    createProfileLayer({
      position: 2,
      instruction: 'WORKDIR /app',
      stage: 'runtime',
      line: 20,
      lineFrom: 'provenance',
      unpackedBytes: 0,
      downloadBytes: 98,
    }),
    createProfileLayer({
      position: 3,
      instruction: 'COPY --from=deps /app/node_modules ./node_modules',
      stage: 'runtime',
      line: 21,
      lineFrom: 'provenance',
      unpackedBytes: 22_200_000,
      downloadBytes: 7_400_000,
      wastedBytes: 100_000,
    }),
    createProfileLayer({
      position: 4,
      instruction: 'COPY --from=build /app/dist ./dist',
      stage: 'runtime',
      line: 22,
      lineFrom: 'provenance',
      unpackedBytes: 2_200_000,
      downloadBytes: 598_418,
      hidesBytes: 100_000,
    }),
  ];
}
