import type { StageReport } from '../report.ts';

/** An image or context from outside the Dockerfile, drawn once however many stages use it. */
export type ExternalSource = { readonly id: string; readonly label: string };
export type Dependency = { readonly from: string; readonly to: string; readonly by: 'from' | 'copy' | 'mount' };

/** Images and contexts that the stages take from, in the order of first use. */
export function externalSources(stages: readonly StageReport[]): ExternalSource[] {
  const labels = stages.flatMap(({ dependsOn }) => dependsOn.map(externalLabel));
  return [...new Set(labels.filter((label) => label !== undefined))].map((label, at) => ({ id: `i${at}`, label }));
}

/** One arrow for each pair and kind, between nodes that are drawn. */
export function drawnDependencies(
  stages: readonly StageReport[],
  sources: readonly ExternalSource[],
): readonly Dependency[] {
  const drawn = new Set(stages.map(({ index }) => index));
  const ids = new Map(sources.map(({ id, label }) => [label, id]));
  const all = stages.flatMap(({ index, dependsOn }) =>
    dependsOn.flatMap((source) => {
      const from = nodeOf(source, drawn, ids);
      return from === undefined ? [] : [{ from, to: `s${index}`, by: source.by }];
    }),
  );
  return [...new Map(all.map((one) => [`${one.from} ${one.to} ${one.by}`, one])).values()];
}

type Source = StageReport['dependsOn'][number];

function nodeOf(source: Source, drawn: ReadonlySet<number>, ids: ReadonlyMap<string, string>): string | undefined {
  if (source.stage !== undefined) return drawn.has(source.stage) ? `s${source.stage}` : undefined;
  const label = externalLabel(source);
  return label === undefined ? undefined : ids.get(label);
}

function externalLabel({ image, context }: Source): string | undefined {
  return image ?? (context === undefined ? undefined : `context ${context}`);
}
