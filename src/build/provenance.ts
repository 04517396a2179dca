import type { LineRange } from '../dockerfile/stage-graph.ts';
import type { BuildProvenance, StepLayers } from './build-record.ts';
import { completeChains } from './complete-chains.ts';
import { type JsonRecord, listOf, positiveOf, recordOf, textOf } from './json-shape.ts';

/** What the metadata file of a build says, as far as it says it. It holds values of build arguments: never show it. */
export type BuildMetadata = {
  readonly provenance?: BuildProvenance;
  /** Lines of the instructions that a vertex stands for, by vertex digest; several when BuildKit merged equal ones. */
  readonly linesByVertex: ReadonlyMap<string, readonly LineRange[]>;
  /** Digest of the image config, which is the image's ID on the classic store. */
  readonly imageId?: string;
};

/** Reads `--metadata-file` (buildx's keys; provenance is always the SLSA v0.2 predicate there, facts §2). Never throws. */
export function readMetadata(metadata: unknown): BuildMetadata {
  const top = recordOf(metadata);
  const imageId = textOf(top['containerimage.config.digest']) ?? textOf(top['containerimage.digest']);
  const image = imageId === undefined ? {} : { imageId };
  const key = Object.keys(top).find((name) => /^buildx\.build\.provenance(?:\/|$)/.test(name));
  if (key === undefined) return { ...image, linesByVertex: new Map() };
  const predicate = recordOf(top[key]);
  const config = recordOf(predicate.buildConfig);
  const details = recordOf(recordOf(predicate.metadata)['https://mobyproject.org/buildkit@v1#metadata']);
  const linesByStep = readLocations(recordOf(details.source));
  return {
    ...image,
    provenance: {
      steps: readSteps(config, recordOf(details.layers), linesByStep),
      materials: listOf(predicate.materials).map(recordOf).flatMap(readMaterial),
    },
    linesByVertex: joinVertices(recordOf(config.digestMapping), linesByStep),
  };
}

type LinesByStep = ReadonlyMap<string, readonly LineRange[]>;

function readLocations(source: JsonRecord): LinesByStep {
  return new Map(
    Object.entries(recordOf(source.locations)).map(([step, value]) => [
      step,
      listOf(recordOf(value).locations).map(recordOf).flatMap(readLocation),
    ]),
  );
}

/** One instruction: BuildKit lists each of its lines as a range. Source 0 is the Dockerfile. */
function readLocation(location: JsonRecord): readonly LineRange[] {
  if ((location.sourceIndex ?? 0) !== 0) return [];
  const ranges = listOf(location.ranges).map(recordOf);
  const starts = ranges.flatMap((range) => positiveOf(recordOf(range.start).line) ?? []);
  const ends = ranges.flatMap((range) => positiveOf(recordOf(range.end).line) ?? []);
  if (starts.length === 0) return [];
  const start = starts.reduce((a, b) => Math.min(a, b));
  return [{ start, end: ends.reduce((a, b) => Math.max(a, b), start) }];
}

function readSteps(config: JsonRecord, layers: JsonRecord, lines: LinesByStep): readonly StepLayers[] {
  const steps = listOf(config.llbDefinition)
    .map(recordOf)
    .flatMap((step) => {
      const id = textOf(step.id);
      if (id === undefined) return [];
      const chain = readChain(layers[`${id}:0`]);
      return [{ id, chain, below: stepBelow(step), lines: lines.get(id) ?? [], isImage: isImage(step) }];
    });
  return completeChains(steps);
}

/** The input that the step's own layer lies on: of a RUN its `/`, of a COPY what it copies into. */
function stepBelow({ op, inputs }: JsonRecord): string | undefined {
  const { exec, file } = recordOf(recordOf(op).Op);
  const root = listOf(recordOf(exec).mounts)
    .map(recordOf)
    .find(({ dest }) => dest === '/');
  const [copy] = listOf(recordOf(file).actions).map(recordOf);
  const from = root ?? copy;
  // BuildKit leaves a zero out.
  const input = from === undefined ? undefined : (from.input ?? 0);
  if (typeof input !== 'number') return undefined;
  return input < 0 ? 'scratch' : textOf(listOf(inputs)[input])?.replace(/:0$/, '');
}

/** Digests, base first; the classic store gives diff IDs, with a size of -1. */
function readChain(value: unknown): readonly string[] {
  return listOf(listOf(value)[0])
    .map((descriptor) => textOf(recordOf(descriptor).digest))
    .filter((digest) => digest !== undefined);
}

function isImage(step: JsonRecord): boolean {
  const source = recordOf(recordOf(recordOf(step.op).Op).source);
  return /^(?:docker-image|oci-layout):\/\//.test(textOf(source.identifier) ?? '');
}

function readMaterial(material: JsonRecord): BuildProvenance['materials'] {
  const uri = textOf(material.uri);
  if (uri === undefined || !uri.startsWith('pkg:')) return [];
  const [reference = uri, query = ''] = uri.split('?', 2);
  const hash = textOf(recordOf(material.digest).sha256);
  const platform = new URLSearchParams(query).get('platform');
  return [
    {
      reference,
      ...(hash === undefined ? {} : { digest: `sha256:${hash}` }),
      ...(platform === null ? {} : { platform }),
    },
  ];
}

function joinVertices(digestMapping: JsonRecord, lines: LinesByStep): LinesByStep {
  return new Map(
    Object.entries(digestMapping).flatMap(([vertex, step]) => {
      const found = lines.get(textOf(step) ?? '') ?? [];
      return found.length === 0 ? [] : [[vertex, found] as const];
    }),
  );
}
