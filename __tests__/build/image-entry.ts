import type { Builder } from '../../src/build/build-record.ts';
import type { ImageEntry } from '../../src/settings/settings.ts';

export function imageEntry(changes: Partial<ImageEntry> = {}): ImageEntry {
  return {
    name: 'api',
    context: '/repo/api',
    contextAsWritten: 'api',
    dockerfile: '/repo/api/Dockerfile',
    dockerfileAsWritten: 'api/Dockerfile',
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
    rules: new Map(),
    waivers: [],
    ...changes,
  };
}

export function builder(changes: Partial<Builder> = {}): Builder {
  return {
    name: 'default',
    driver: 'docker',
    store: 'containerd',
    buildkit: 'v0.25.0',
    buildx: '0.29.1',
    nodes: 1,
    exportsOci: true,
    severalOutputs: true,
    ...changes,
  };
}
