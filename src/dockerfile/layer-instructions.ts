import { cutBlanks } from './go-space.ts';
import type { Instruction, Stage, StageGraph } from './stage-graph.ts';

/** One step of a stage in BuildKit's numbering: `[stage i/n]`. */
export type LayerInstruction = {
  /** From 1. */
  readonly vertexIndex: number;
  /** RUN, COPY, ADD, WORKDIR, or FROM for the step that pulls the base image. */
  readonly instruction: Instruction;
};

export type LayerInstructions = {
  /** BuildKit's n; one more for every ONBUILD trigger of an external base. */
  readonly total: number;
  readonly steps: readonly LayerInstruction[];
};

/**
 * The steps of a stage with the index that BuildKit gives each. FROM counts in n when the base is external, but a
 * build context in its place takes no index, nor does a WORKDIR of `/`; triggers of ONBUILD come first and all count in n.
 */
export function layerInstructions(stage: Stage): LayerInstructions {
  if (stage.replacedBy !== undefined) return { total: 0, steps: [] };
  const own = stage.instructions.filter(({ keyword }) => LAYERED.has(keyword));
  const triggers = stage.triggers ?? [];
  const isExternal = stage.base.kind === 'image' || stage.base.kind === 'context';
  const from = fromInstruction(stage);
  const instructions = [
    ...(stage.base.kind === 'image' ? [from] : []),
    ...triggers.filter(({ keyword }) => LAYERED.has(keyword)),
    ...own.filter((instruction) => !isRootWorkdir(instruction)),
  ];
  return {
    total: (isExternal ? 1 : 0) + triggers.length + own.length,
    steps: instructions.map((instruction, at) => ({ vertexIndex: at + 1, instruction })),
  };
}

/** How BuildKit calls a stage in the names of its vertices: lower-case name, else `stage-<index>`; undefined when it leaves the name out. */
export function vertexStageName(graph: StageGraph, stage: Stage): string | undefined {
  return graph.isOnlyState === true ? undefined : (stage.name ?? `stage-${stage.index}`);
}

/** The stage and instruction that a vertex name such as `[build 2/4] RUN make` belongs to; undefined for every other vertex. */
export function findVertexInstruction(
  graph: StageGraph,
  vertexName: string,
): { readonly stage: Stage; readonly instruction: Instruction } | undefined {
  const vertex = parseVertexName(vertexName);
  if (vertex === undefined) return undefined;
  // BuildKit gives two stages of one name the same vertex names; only the total can tell them apart.
  const named = graph.stages.filter((stage) => vertexStageName(graph, stage) === vertex.stage);
  const stage = named.findLast((candidate) => layerInstructions(candidate).total === vertex.total) ?? named.at(-1);
  if (stage === undefined) return undefined;
  const instruction = vertex.isTrigger ? fromInstruction(stage) : findStep(layerInstructions(stage), vertex);
  return instruction === undefined ? undefined : { stage, instruction };
}

const LAYERED = new Set(['RUN', 'COPY', 'ADD', 'WORKDIR']);

function fromInstruction(stage: Stage): Instruction {
  const { start } = stage.lines;
  return stage.from ?? { keyword: 'FROM', text: `FROM ${stage.baseAsWritten}`, lines: { start, end: start } };
}

function isRootWorkdir({ keyword, text }: Instruction): boolean {
  return keyword === 'WORKDIR' && /^\S+\s+["']?\/+\.?["']?$/.test(text);
}

type VertexName = {
  readonly stage: string | undefined;
  readonly index: number;
  readonly total: number;
  readonly keyword: string;
  readonly text: string;
  readonly isTrigger: boolean;
};

/** `[` platform? stage? i/n `] ` text; a platform has a slash and a stage name has none. */
function parseVertexName(name: string): VertexName | undefined {
  const match = /^\[([^\]]*?)\s*(\d+)\/(\d+)\] (?:(ONBUILD) )?(?:LINK )?((\S+).*)$/s.exec(name);
  const [, before = '', index, total, onbuild, text = '', keyword = ''] = match ?? [];
  if (index === undefined || total === undefined) return undefined;
  return {
    stage: before.split(' ').findLast((word) => word !== '' && !word.includes('/')),
    index: Number(index),
    total: Number(total),
    keyword: keyword.toUpperCase(),
    text,
    isTrigger: onbuild !== undefined,
  };
}

/**
 * Triggers of an external base move the own steps up; a WORKDIR that turns out to be `/` moves the ones after it down;
 * a stage that only a trigger reaches has counted its FROM twice. The text decides between neighbours, else the index.
 */
function findStep({ total, steps }: LayerInstructions, vertex: VertexName): Instruction | undefined {
  const alike = steps.filter(({ instruction }) => instruction.keyword === vertex.keyword);
  if (vertex.keyword === 'FROM') return alike[0]?.instruction;
  const index = vertex.index - Math.max(0, vertex.total - total);
  const near = alike.filter(({ vertexIndex }) => Math.abs(vertexIndex - index) <= 1);
  const exact = near.filter(({ instruction }) => normalText(instruction.text) === normalText(vertex.text));
  const byText = exact.length === 1 ? exact[0] : undefined;
  const step = byText ?? alike.find(({ vertexIndex }) => vertexIndex >= index) ?? alike.at(-1);
  return step?.instruction;
}

function normalText(text: string): string {
  const { head, rest } = cutBlanks(text);
  return `${head.toUpperCase()} ${(rest ?? '').replace(/\s+/g, ' ')}`;
}
