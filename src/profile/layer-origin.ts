import type { BuildProvenance, StepLayers } from '../build/build-record.ts';
import type { LineRange } from '../dockerfile/stage-graph.ts';
import type { Layer } from '../image/image.ts';

/** Which step made each layer, as far as BuildKit's provenance knows it. */
export type ProvenanceMap = {
  /** Number of layers that came with the external image, or undefined when no FROM step fits. */
  readonly baseCount: number | undefined;
  /** By layer position: the lines of the step whose chain ends there. */
  readonly lines: ReadonlyMap<number, LineRange>;
};

/**
 * Maps layers to steps by position: a step whose chain of layers is the image's first n layers made layer n − 1.
 * Digests repeat within an image (an identical COPY), so a digest alone would not do.
 * `baseLine` is the FROM line of the external image under the final stage; without one nothing counts as base.
 * `stages` are the line ranges of the final stage and of those under it: BuildKit runs equal steps of other
 * stages as one, with the lines of both, and only those on the way to the final image are meant here.
 */
export function mapProvenance(
  layers: readonly Layer[],
  provenance: BuildProvenance,
  { baseLine, stages }: { baseLine: number | undefined; stages: readonly LineRange[] },
): ProvenanceMap {
  const lines = new Map<number, LineRange>();
  let baseCount: number | undefined;
  const exact = provenance.steps.filter((step) => isPrefix(step, layers));
  for (const step of exact.filter(({ isImage }) => isImage)) {
    if (step.lines.some((range) => holds(range, baseLine))) baseCount = Math.max(baseCount ?? 0, step.depth);
  }
  // A step may have two results of equal content under other digests, and BuildKit may leave its chain out: where none
  // fits exactly, its depth in the final stage's own chain says which layer it made.
  const ownSteps = provenance.steps.filter(({ lines: ranges }) => ranges.some((range) => isWithin(range, stages)));
  // Counted depths hold only where they add up: some steps leave no layer on the classic store.
  const addsUp = Math.max(...ownSteps.map(({ depth }) => depth)) === layers.length;
  const byDepth = ownSteps.filter(({ chain, depth }) => depth <= layers.length && (addsUp || chain.length > 0));
  for (const step of [...exact, ...byDepth].filter(({ isImage }) => !isImage)) {
    const range =
      step.lines.find((each) => isWithin(each, stages)) ?? (stages.length === 0 ? step.lines[0] : undefined);
    const position = step.depth - 1;
    if (range !== undefined && position >= (baseCount ?? 0) && !lines.has(position)) lines.set(position, range);
  }
  return { baseCount, lines };
}

function holds(range: LineRange, line: number | undefined): boolean {
  return line !== undefined && range.start <= line && line <= range.end;
}

function isWithin(range: LineRange, stages: readonly LineRange[]): boolean {
  return stages.some((stage) => stage.start <= range.start && range.end <= stage.end);
}

/** A chain names blobs by digest, on Docker's classic store by diff ID. */
function isPrefix({ chain }: StepLayers, layers: readonly Layer[]): boolean {
  if (chain.length === 0 || chain.length > layers.length) return false;
  return chain.every((id, position) => {
    const layer = layers[position];
    return layer !== undefined && (layer.digest === id || layer.diffId === id);
  });
}
