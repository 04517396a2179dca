import type { NamedContext } from './build-contexts.ts';
import type { ParsedInstruction } from './read-instructions.ts';
import type { Need, Node, ResolveOptions } from './resolve-stages.ts';
import type { Instruction, Source, Stage, StageEdge } from './stage-graph.ts';

/** Turns BuildKit's states into the stages of the graph, in file order; hidden states become plain sources. */
export function makeStages(nodes: readonly Node[], options: ResolveOptions): readonly Stage[] {
  return nodes.flatMap((node) => (node.stage === undefined ? [] : [makeStage(node, node.stage, options)]));
}

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
    ...(node.triggers.length > 0 && { triggers: node.triggers.map((trigger) => trigger.keyword) }),
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

function externalSource(name: string, platform: string, { findContext }: ResolveOptions): Source {
  if (name === 'scratch') return { kind: 'scratch' };
  const context = findContext(name, platform);
  return context === undefined ? { kind: 'image', reference: name } : contextSource(context);
}

function contextSource({ name, value }: NamedContext): Source {
  return { kind: 'context', name, value };
}

function makeInstruction({ keyword, text, lines }: ParsedInstruction): Instruction {
  return { keyword: keyword.toUpperCase(), text, lines };
}
