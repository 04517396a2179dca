import type { BuildRecord, BuildStep } from '../build/build-record.ts';
import type { Source, Stage, StageEdge, StageGraph } from '../dockerfile/stage-graph.ts';
import type { StageReport } from './report.ts';

/** Which stages a run is about; `isNeeded` holds the indexes that test and final target need. */
export type StageRoles = {
  readonly finalIndex: number;
  readonly testIndex: number | undefined;
  readonly isNeeded: ReadonlySet<number>;
};

/** The stage graph as the report tells it, in file order, with the time each stage took in `records`, if any. */
export function describeStages(graph: StageGraph, roles: StageRoles, records: readonly BuildRecord[]): StageReport[] {
  return graph.stages.map((stage) => ({
    ...(stage.name === undefined ? {} : { name: stage.name }),
    index: stage.index,
    base: sourceName(stage.base, graph),
    line: stage.lines.start,
    isFinal: stage.index === roles.finalIndex,
    isTest: stage.index === roles.testIndex,
    isNeeded: roles.isNeeded.has(stage.index),
    dependsOn: stage.edges.map(describeEdge),
    ...timing(stage, records),
  }));
}

/** The name by which a reader knows where files come from. */
function sourceName(source: Source, graph: StageGraph): string {
  if (source.kind === 'scratch') return 'scratch';
  if (source.kind === 'image') return source.reference;
  if (source.kind === 'context') return source.name;
  return graph.stages[source.index]?.name ?? String(source.index);
}

function describeEdge({ by, source, line }: StageEdge): StageReport['dependsOn'][number] {
  if (source.kind === 'stage') return { by, stage: source.index, line };
  if (source.kind === 'image') return { by, image: source.reference, line };
  if (source.kind === 'context') return { by, context: source.name, line };
  return { by, image: 'scratch', line };
}

function timing(stage: Stage, records: readonly BuildRecord[]): Pick<StageReport, 'durationMs' | 'cached'> {
  const steps = onceEach(records.flatMap((record) => record.steps.filter((step) => step.stageIndex === stage.index)));
  if (steps.length === 0) return {};
  return {
    durationMs: steps.reduce((total, step) => total + step.durationMs, 0),
    cached: steps.every((step) => step.cached),
  };
}

/** A step that both builds share ran once: the record in which it was not cached, else the longer one, counts. */
function onceEach(steps: readonly BuildStep[]): BuildStep[] {
  const byLine = new Map<string, BuildStep>();
  for (const step of steps.filter((each) => each.kind === 'instruction' && each.ran)) {
    const key = step.lines === undefined ? step.name : String(step.lines.start);
    const known = byLine.get(key);
    if (known === undefined || isTruer(step, known)) byLine.set(key, step);
  }
  return [...byLine.values()];
}

function isTruer(step: BuildStep, known: BuildStep): boolean {
  return step.cached === known.cached ? step.durationMs > known.durationMs : known.cached;
}
