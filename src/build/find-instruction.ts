import { findVertexInstruction } from '../dockerfile/layer-instructions.ts';
import type { Instruction, LineRange, Stage, StageGraph } from '../dockerfile/stage-graph.ts';

/** Where in the Dockerfile a vertex comes from. */
export type InstructionPlace = {
  readonly stageIndex: number;
  readonly instruction: string;
  readonly lines: LineRange;
};

/** The instruction, FROM included, that covers the first of these lines. */
export function findByLines(graph: StageGraph, { start }: LineRange): InstructionPlace | undefined {
  const covers = ({ lines }: { readonly lines: LineRange }) => lines.start <= start && start <= lines.end;
  for (const stage of graph.stages) {
    const instruction = instructionsOf(stage).find(covers);
    if (instruction) return placeOf(stage, instruction);
  }
  return undefined;
}

/** The instruction that BuildKit's unredacted name of a vertex stands for. */
export function findByName(graph: StageGraph, name: string): InstructionPlace | undefined {
  const found = findVertexInstruction(graph, name);
  return found && placeOf(found.stage, found.instruction);
}

function instructionsOf(stage: Stage): readonly Instruction[] {
  return stage.from === undefined ? stage.instructions : [stage.from, ...stage.instructions];
}

function placeOf(stage: Stage, { text, lines }: Instruction): InstructionPlace {
  return { stageIndex: stage.index, instruction: text, lines };
}
