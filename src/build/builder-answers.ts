import type { Builder } from './build-record.ts';
import { listOf, recordOf, textOf } from './json-shape.ts';

/** What `docker buildx inspect` prints, as far as we need it. */
export type Inspection = {
  readonly name: string;
  /** Empty when the builder's daemon did not answer. */
  readonly driver: string;
  readonly nodes: readonly BuilderNode[];
  /** Of the builder itself or of its nodes. */
  readonly errors: readonly string[];
};

export type BuilderNode = {
  readonly endpoint?: string;
  readonly buildkit?: string;
  /** Its own platform; it may know more. */
  readonly platform?: string;
  readonly labels: ReadonlyMap<string, string>;
};

/** `github.com/docker/buildx v0.29.1 <commit>` → `0.29.1`; undefined when it is no such line. */
export function readBuildxVersion(stdout: string): string | undefined {
  return /\bbuildx v?(\d+\.\d+(?:\.\d+)?(?:-[\w.]+)?)/.exec(stdout)?.[1];
}

/** True when a version is known to be lower than `major.minor`; an unknown one is not. */
export function isOlder(version: string, [major, minor]: readonly [number, number]): boolean {
  const [, foundMajor, foundMinor] = /^v?(\d+)\.(\d+)\./.exec(version) ?? [];
  // A BuildKit built into Docker from a source tree calls itself v0.0.0+unknown.
  if (foundMajor === undefined || /^v?0\.0\.0\b/.test(version)) return false;
  return Number(foundMajor) < major || (Number(foundMajor) === major && Number(foundMinor) < minor);
}

/** Reads the text of `docker buildx inspect`: keys of the builder, then of each node (buildx commands/inspect.go). */
export function readInspection(stdout: string): Inspection {
  const [head = '', ...rest] = stdout.split(/^Nodes:[^\S\n]*$/m);
  const top = keysOf(head);
  const nodes = rest
    .join('\n')
    .split(/^(?=Name:)/m)
    .filter((text) => text.startsWith('Name:'));
  return {
    name: top.get('Name') ?? '',
    driver: top.get('Driver') ?? '',
    nodes: nodes.map(readNode),
    errors: [top, ...nodes.map(keysOf)].flatMap((keys) => keys.get('Error') ?? []),
  };
}

/** Names in the first column of `docker buildx ls`; nodes stand indented below. */
export function readBuilderNames(stdout: string): readonly string[] {
  return stdout
    .split('\n')
    .slice(1)
    .flatMap((line) => /^([^\s\\]+?)\*?(?:\s|$)/.exec(line)?.[1] ?? []);
}

/** What `docker info` said of the daemon that the Docker command line talks to. */
export type DaemonInfo = { readonly context: string; readonly hasContainerdStore: boolean };

/** For `docker info`: context and driver status of the daemon in the first line, plugins of the command line in the second. */
export const infoFormat = '{{json .ClientInfo.Context}} {{json .DriverStatus}}\n{{json .ClientInfo.Plugins}}';

/** Version of the buildx plugin out of `docker info` in our format, also without a daemon; undefined when it says none. */
export function readPluginVersion(stdout: string): string | undefined {
  const [, plugins = ''] = stdout.split('\n');
  const buildx = listOf(parsed(plugins))
    .map(recordOf)
    .find(({ Name }) => Name === 'buildx');
  return readBuildxVersion(`buildx ${textOf(buildx?.Version) ?? ''}`);
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

/** Reads the first line of `docker info` in our format. */
export function readDaemonInfo(stdout: string): DaemonInfo {
  return {
    context: /^"([^"]*)"/.exec(stdout)?.[1] ?? 'default',
    hasContainerdStore: stdout.includes('"io.containerd.snapshotter.'),
  };
}

/** The builder as it described itself. The docker driver's store decides what can be exported; the others write OCI. */
export function describeBuilder(inspection: Inspection, info: DaemonInfo | undefined, buildx: string): Builder {
  const { name, driver, nodes } = inspection;
  const buildkit = nodes[0]?.buildkit ?? 'unknown';
  const store = driver === 'docker' ? storeOf(nodes[0], info) : undefined;
  const { endpoint, platform } = nodes[0] ?? {};
  const isElsewhere = driver === 'docker' && endpoint !== undefined && info !== undefined && endpoint !== info.context;
  return {
    name,
    driver,
    ...(store === undefined ? {} : { store }),
    buildkit,
    buildx,
    nodes: Math.max(1, nodes.length),
    exportsOci: store !== 'classic',
    severalOutputs: nodes.every((node) => !isOlder(node.buildkit ?? '', [0, 13])),
    ...(platform === undefined ? {} : { platform }),
    ...(isElsewhere ? { dockerContext: endpoint } : {}),
  };
}

/** By the worker's label, as buildx decides it; by `docker info` where that speaks of the same daemon. */
function storeOf(node: BuilderNode | undefined, info: DaemonInfo | undefined): 'classic' | 'containerd' {
  if (node?.labels.has('org.mobyproject.buildkit.worker.snapshotter')) return 'containerd';
  const isSame = node?.endpoint === undefined || node.endpoint === info?.context;
  return isSame && info?.hasContainerdStore ? 'containerd' : 'classic';
}

function readNode(text: string): BuilderNode {
  const keys = keysOf(text);
  const endpoint = keys.get('Endpoint');
  const buildkit = keys.get('BuildKit version') ?? keys.get('Buildkit');
  // A star marks what was set by hand when the node was added.
  const platform = keys.get('Platforms')?.split(',')[0]?.trim().replace(/\*$/, '') || undefined;
  return {
    ...(endpoint === undefined ? {} : { endpoint }),
    ...(buildkit === undefined ? {} : { buildkit }),
    ...(platform === undefined ? {} : { platform }),
    labels: labelsOf(text),
  };
}

function keysOf(text: string): ReadonlyMap<string, string> {
  return new Map(
    Array.from(text.matchAll(/^(\w[\w #]*):[^\S\n]*(\S.*?)\s*$/gm), ([, key = '', value = '']) => [key, value]),
  );
}

function labelsOf(text: string): ReadonlyMap<string, string> {
  return new Map(Array.from(text.matchAll(/^ (\S+):\s+(\S.*?)\s*$/gm), ([, key = '', value = '']) => [key, value]));
}
