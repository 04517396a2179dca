import type { NamedContext } from './build-contexts.ts';
import type { ParsedInstruction } from './read-instructions.ts';
import type { Need, Node, ResolveOptions, Trigger } from './resolve-stages.ts';
import type { Instruction, Source, Stage, StageEdge } from './stage-graph.ts';
import { readWrites, type StageCommand } from './writes/read-writes.ts';
import type { GivenArguments } from './writes/stage-state.ts';

/** Turns BuildKit's states into the stages of the graph, in file order; hidden states become plain sources. */
export function makeStages(nodes: readonly Node[], options: MakeOptions): readonly Stage[] {
  const made = nodes.flatMap((node) =>
    node.stage === undefined ? [] : [{ node, stage: makeStage(node, node.stage, options) }],
  );
  const writes = readWrites(
    made.map(({ node, stage }) => ({ stage, commands: commandsOf(node, stage, options) })),
    options.given,
  );
  return made.map(({ stage }, at) => ({ ...stage, ...withWrites(writes[at]) }));
}

function withWrites(writes: Stage['writes']): Pick<Stage, 'writes'> {
  return writes === undefined ? {} : { writes };
}

export type MakeOptions = ResolveOptions & {
  readonly given: GivenArguments;
  /** The file's lines. */
  readonly lines: readonly string[];
};

function makeStage(node: Node, declared: NonNullable<Node['stage']>, options: ResolveOptions): Stage {
  const base = baseOf(node, declared.platform ?? options.targetPlatform, options);
  const from: StageEdge = { by: 'from', source: base, line: node.line };
  const needs =
    node.replacedBy === undefined ? [...node.triggers.flatMap((trigger) => trigger.needs), ...node.needs] : [];
  const start = declared.from.lines.start;
  return {
    index: declared.index,
    ...(declared.name !== undefined && { name: declared.name }),
    lines: { start, end: declared.instructions.at(-1)?.lines.end ?? declared.from.lines.end },
    from: makeInstruction(declared.from),
    baseAsWritten: declared.baseAsWritten,
    base,
    ...(declared.platform !== undefined && { platform: declared.platform }),
    instructions: declared.instructions.map(makeInstruction),
    edges: [from, ...needs.filter((need) => need.isRead).map((need) => makeEdge(need, options))],
    ...(node.triggers.length > 0 && { triggers: node.triggers.map((trigger) => makeTrigger(trigger, declared.from)) }),
    ...(node.replacedBy !== undefined && { replacedBy: node.replacedBy.name }),
  };
}

function baseOf(node: Node, platform: string, options: ResolveOptions): Source {
  if (node.replacedBy !== undefined) return contextSource(node.replacedBy);
  if (node.base?.stage !== undefined) return { kind: 'stage', index: node.base.stage.index };
  // Known to the builder's environment only: the text as written is the best name there is.
  return externalSource(node.baseName ?? node.stage?.baseAsWritten ?? '', platform, options);
}

function makeEdge({ by, node, line }: Need, options: ResolveOptions): StageEdge {
  if (node.stage !== undefined) return { by, source: { kind: 'stage', index: node.stage.index }, line };
  return { by, source: externalSource(node.baseName ?? '', options.targetPlatform, options), line };
}

/** Triggers run first, and as BuildKit reads them: with the ordinary escape character. */
function commandsOf(node: Node, { triggers = [], instructions }: Stage, options: MakeOptions): StageCommand[] {
  if (node.replacedBy !== undefined) return [];
  const copies = new Map(node.needs.filter(({ by }) => by === 'copy').map((need) => [need.line, need]));
  const ofTriggers = node.triggers.flatMap(({ onbuild, needs, ...written }, at) => {
    const instruction = triggers[at];
    const need = needs.find(({ by }) => by === 'copy');
    const command = { ...written, escapeToken: '\\', whole: linesOf(onbuild, options), from: sourceOf(need, options) };
    return instruction === undefined ? [] : [{ ...command, instruction }];
  });
  const own = (node.stage?.instructions ?? []).flatMap((parsed, at) => {
    const instruction = instructions[at];
    const from = sourceOf(copies.get(parsed.lines.start), options);
    const command = { ...parsed, escapeToken: options.escapeToken, whole: linesOf(parsed, options), from };
    return instruction === undefined ? [] : [{ ...command, keyword: instruction.keyword, instruction }];
  });
  return [...ofTriggers, ...own];
}

function sourceOf(need: Need | undefined, options: ResolveOptions): Source | undefined {
  return need && makeEdge(need, options).source;
}

function linesOf({ lines: { start, end } }: ParsedInstruction, { lines }: MakeOptions): string {
  return lines.slice(start - 1, end).join('\n');
}

function externalSource(name: string, platform: string, { findContext }: ResolveOptions): Source {
  if (name === 'scratch') return { kind: 'scratch' };
  const context = findContext(name, platform);
  return context === undefined ? { kind: 'image', reference: name } : contextSource(context);
}

function contextSource({ name, value }: NamedContext): Source {
  return { kind: 'context', name, value };
}

/** BuildKit gives a trigger the lines of the FROM that sets it off. */
function makeTrigger({ onbuild, keyword }: Trigger, from: ParsedInstruction): Instruction {
  return { keyword, text: onbuild.text, lines: from.lines };
}

function makeInstruction({ keyword, text, lines }: ParsedInstruction): Instruction {
  return { keyword: keyword.toUpperCase(), text, lines };
}
