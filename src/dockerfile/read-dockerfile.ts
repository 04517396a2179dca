import { type ArgScope, readArgScope } from './arg-scope.ts';
import { contextFinder } from './build-contexts.ts';
import { type Declared, declareStages, NO_INSTRUCTIONS } from './declare-stages.ts';
import { detectSyntax } from './directives.ts';
import { makeStages } from './make-graph.ts';
import { nearestName } from './nearest-name.ts';
import { readFrontend } from './official-frontend.ts';
import { readInstructions, splitLines } from './read-instructions.ts';
import { refuseGraph, refuseTarget } from './refuse-graph.ts';
import { resolveBases } from './resolve-bases.ts';
import { type Resolved, resolveStages } from './resolve-stages.ts';
import type { DockerfileReading, Refusal, StageGraph } from './stage-graph.ts';
import { warnArguments } from './warn-arguments.ts';
import { givenArguments } from './writes/read-writes.ts';

export type ReadDockerfileOptions = {
  /** Path as the user would write it, for messages. */
  readonly file: string;
  /** A value that is undefined comes from the builder's environment: what depends on it is not judged. */
  readonly buildArgs: Readonly<Record<string, string | undefined>>;
  readonly buildContexts: Readonly<Record<string, string>>;
  /** The chosen targets; undefined is the default target. The graph is resolved for the first of them. */
  readonly targets: readonly (string | undefined)[];
  /** The builder's own, `linux/amd64`. */
  readonly platform: string;
  /** What is built for, where it differs. */
  readonly targetPlatform?: string;
};

/** Reads a Dockerfile as BuildKit would: its stages and what they take from each other, or why BuildKit would refuse the chosen targets. */
export function readDockerfile(text: string, options: ReadDockerfileOptions): DockerfileReading {
  const syntax = detectSyntax(text);
  const frontend = readFrontend(options.buildArgs.BUILDKIT_SYNTAX ?? syntax);
  if (frontend.kind === 'foreign') {
    const named = options.buildArgs.BUILDKIT_SYNTAX ?? syntax ?? '';
    return { kind: 'foreign', dockerfile: { file: options.file, text, syntax: named } };
  }
  const parsed = readInstructions(text, frontend);
  if (parsed.kind === 'refused') return refuse([parsed.refusal]);
  const declared = declareStages(parsed.instructions, parsed.escapeToken);
  if (declared.refusals.length > 0) return refuse(declared.refusals);

  const targets = options.targets.length === 0 ? [undefined] : options.targets;
  const readings = targets.map((target) =>
    readTarget(target, { declared, lines: splitLines(text), escapeToken: parsed.escapeToken, options }),
  );
  const refusals = readings.flatMap((reading) => reading.refusals);
  const [first] = readings;
  if (refusals.length > 0 || first === undefined) return refuse(refusals);
  const graph: StageGraph = {
    file: options.file,
    text,
    stages: first.stages,
    defaultTarget: first.stages.length - 1,
    ...(syntax !== undefined && { syntax }),
    ...(first.resolved.isOnlyState && { isOnlyState: true }),
    warnings: first.warnings,
  };
  return { kind: 'graph', graph };
}

/** In the order of the lines, each said once; those without a line last. */
function refuse(refusals: readonly Refusal[]): DockerfileReading {
  const unique = [...new Map(refusals.map((refusal) => [refusal.message, refusal])).values()];
  const [first = NO_INSTRUCTIONS, ...others] = unique.sort((a, b) => (a.line ?? Infinity) - (b.line ?? Infinity) || 0);
  return { kind: 'refused', refusals: [first, ...others] };
}

type Reading = {
  readonly declared: Declared;
  readonly lines: readonly string[];
  readonly escapeToken: string;
  readonly options: ReadDockerfileOptions;
};

/** One target alone: TARGETSTAGE can give each a graph of its own. */
function readTarget(target: string | undefined, reading: Reading) {
  const { declared, lines, escapeToken, options } = reading;
  const scope = scopeFor(target, reading);
  const bases = resolveBases(declared.stages, scope);
  const resolveOptions = {
    escapeToken,
    findContext: contextFinder(options.buildContexts),
    targetPlatform: options.targetPlatform ?? options.platform,
  };
  const resolved = resolveStages(bases.stages, resolveOptions);
  const always = [...scope.refusals, ...bases.refusals, ...resolved.refusals, ...refuseGraph(resolved.nodes)];
  return {
    resolved,
    stages: makeStages(resolved.nodes, {
      ...resolveOptions,
      given: givenArguments(scope, options.buildArgs),
      lines,
    }),
    warnings: warnArguments({ ...declared, stages: bases.stages, scope, buildArgs: options.buildArgs, escapeToken }),
    // A circle would show again as a reference to a later stage.
    refusals: always.length > 0 ? always : refuseChosen(target, resolved, options.file),
  };
}

function scopeFor(target: string | undefined, { declared, escapeToken, options }: Reading): ArgScope {
  return readArgScope(declared.globalArgs, {
    escapeToken,
    buildArgs: options.buildArgs,
    platform: options.platform,
    targetPlatform: options.targetPlatform ?? options.platform,
    targetStage: target || declared.stages.at(-1)?.name || 'default',
  });
}

function refuseChosen(target: string | undefined, { nodes, byName }: Resolved, file: string): readonly Refusal[] {
  const isDefault = target === undefined || target === '';
  const node = isDefault ? nodes.findLast(({ stage }) => stage !== undefined) : byName.get(target.toLowerCase());
  if (node !== undefined) return refuseTarget(node);
  const names = [...byName.keys()];
  const near = nearestName(target ?? '', names);
  const known = names.length === 0 ? 'None of its stages has a name.' : `Its stages are ${names.join(', ')}.`;
  const remedy = near === undefined ? known : `Did you mean ${near}? ${known}`;
  return [{ message: `${file} has no stage ${target ?? ''} to build.`, remedy }];
}
