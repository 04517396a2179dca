import { checkInstruction } from './check-instruction.ts';
import { splitBlanks } from './go-space.ts';
import { parseFlags } from './parse-flags.ts';
import type { ParsedInstruction } from './read-instructions.ts';
import type { Refusal } from './stage-graph.ts';

/** A stage as the file declares it, nothing looked up yet. */
export type DeclaredStage = {
  readonly index: number;
  readonly name: string | undefined;
  readonly baseAsWritten: string;
  readonly platformAsWritten: string | undefined;
  readonly from: ParsedInstruction;
  readonly instructions: readonly ParsedInstruction[];
};

export type Declared = {
  readonly globalArgs: readonly ParsedInstruction[];
  readonly stages: readonly DeclaredStage[];
  readonly refusals: readonly Refusal[];
};

/** Groups instructions into the ARGs before the first FROM and the stages, and refuses what BuildKit's parser refuses. */
export function declareStages(instructions: readonly ParsedInstruction[], escapeToken: string): Declared {
  const refusals = instructions.flatMap((instruction) => refuseSyntax(instruction, escapeToken));
  const first = instructions.findIndex(isFrom);
  const before = first < 0 ? instructions : instructions.slice(0, first);
  refusals.push(...before.filter((instruction) => !isArg(instruction)).map(refuseEarly));
  if (first < 0) refusals.push(instructions.length === 0 ? NO_INSTRUCTIONS : NO_STAGES);
  const stages = instructions.flatMap((from, at) =>
    isFrom(from) ? [{ from, rest: restOfStage(instructions, at) }] : [],
  );
  return {
    globalArgs: before.filter(isArg),
    stages: stages.map(({ from, rest }, index) => declareStage(from, rest, index)),
    refusals,
  };
}

export const NO_INSTRUCTIONS: Refusal = {
  message: 'The Dockerfile is empty: it has no instruction.',
  remedy: 'FROM scratch',
};
const NO_STAGES: Refusal = {
  message: 'The Dockerfile has no FROM, so there is no stage to build.',
  remedy: 'FROM scratch',
};

function refuseSyntax(instruction: ParsedInstruction, escapeToken: string): Refusal[] {
  const problem = checkInstruction(instruction, escapeToken);
  if (problem === undefined) return [];
  const line = instruction.lines.start;
  return [{ line, message: `Line ${line} ${problem.reason}.`, remedy: problem.remedy }];
}

function isFrom({ keyword }: ParsedInstruction): boolean {
  return keyword.toUpperCase() === 'FROM';
}

function isArg({ keyword }: ParsedInstruction): boolean {
  return keyword.toUpperCase() === 'ARG';
}

function refuseEarly({ keyword, lines }: ParsedInstruction): Refusal {
  const message = `Line ${lines.start} has ${keyword.toUpperCase()} before the first FROM; only ARG may stand there.`;
  return { line: lines.start, message, remedy: 'Move the line below a FROM.' };
}

function restOfStage(instructions: readonly ParsedInstruction[], from: number): readonly ParsedInstruction[] {
  const next = instructions.findIndex((instruction, at) => at > from && isFrom(instruction));
  return instructions.slice(from + 1, next < 0 ? undefined : next);
}

function declareStage(
  from: ParsedInstruction,
  instructions: readonly ParsedInstruction[],
  index: number,
): DeclaredStage {
  const [baseAsWritten = '', , name] = splitBlanks(from.rest);
  const flags = parseFlags('FROM', from.flags);
  const platform = flags.kind === 'flags' ? flags.values.get('platform')?.[0] : undefined;
  return {
    index,
    name: name?.toLowerCase(),
    baseAsWritten,
    // BuildKit takes an empty --platform= for none.
    platformAsWritten: platform === '' ? undefined : platform,
    from,
    instructions,
  };
}
