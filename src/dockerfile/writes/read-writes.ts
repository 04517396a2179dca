import type { ArgScope } from '../arg-scope.ts';
import { parseFlags } from '../parse-flags.ts';
import { parseMount } from '../parse-mount.ts';
import type { Instruction, Source, Stage } from '../stage-graph.ts';
import { isQuiet } from './quiet-commands.ts';
import { readCopy } from './read-copy.ts';
import {
  advance,
  type Command,
  emptyState,
  expandIn,
  type GivenArguments,
  openState,
  resolveIn,
  type StageState,
} from './stage-state.ts';
import type { RunWrite, Write } from './write.ts';

/** One instruction of a stage, triggers of its base included, in the order in which BuildKit runs them. */
export type StageCommand = Command & {
  readonly instruction: Instruction;
  /** All of its lines as they stand in the file, heredocs included. */
  readonly whole: string;
  /** Of a COPY: what it copies from; undefined for the build context. */
  readonly from: Source | undefined;
};

export type StageCommands = { readonly stage: Stage; readonly commands: readonly StageCommand[] };

/**
 * What the instructions of each stage may write, oldest first, with every path as BuildKit resolves it. In file order;
 * undefined from where on the file is longer than any that a person writes.
 */
export function readWrites(
  stages: readonly StageCommands[],
  given: GivenArguments,
): readonly (readonly Write[] | undefined)[] {
  const ends: StageState[] = [];
  let count = 0;
  return stages.map(({ stage, commands }) => {
    count += commands.length;
    if (count > mostCommands) return undefined;
    let state = startOf(stage.base, ends);
    const writes: Write[] = [];
    for (const command of commands) {
      const write = readWrite(command, state);
      if (write !== undefined) writes.push(write);
      state = advance(state, command, given);
    }
    ends.push(state);
    return writes;
  });
}

const mostCommands = 1000;

/** What the ARGs before the first FROM say. */
export function givenArguments(
  scope: ArgScope,
  buildArgs: Readonly<Record<string, string | undefined>>,
): GivenArguments {
  return {
    buildArgs,
    global: (name) => {
      const found = scope.expand(`\${${name}}`);
      if (found.kind !== 'expanded') return { known: false, value: '' };
      return found.unset.length > 0 ? undefined : { known: true, value: found.text };
    },
  };
}

function startOf(base: Source, ends: readonly StageState[]): StageState {
  if (base.kind === 'scratch') return emptyState;
  return base.kind === 'stage' ? (ends[base.index] ?? openState) : openState;
}

function readWrite(command: StageCommand, state: StageState): Write | undefined {
  if (command.keyword === 'RUN') return readRun(command, state);
  return command.keyword === 'COPY' || command.keyword === 'ADD' ? readCopy(command, state, command) : undefined;
}

function readRun(command: StageCommand, state: StageState): RunWrite {
  return {
    kind: 'run',
    instruction: command.instruction,
    mounts: mountTargets(command, state),
    isQuiet: isQuiet(command.rest),
    mayLink: /\bln\b|\bsymlink/i.test(command.whole),
  };
}

/** Whatever kind of mount: what is written there goes to the mount, or nowhere. */
function mountTargets({ flags, escapeToken }: StageCommand, state: StageState): readonly string[] {
  const parsed = parseFlags('RUN', flags);
  const mounts = parsed.kind === 'flags' ? (parsed.values.get('mount') ?? []) : [];
  return mounts.flatMap((text) => {
    const mount = parseMount(text);
    const fields = mount.kind === 'mount' ? mount.fields : [];
    const target = fields.findLast(({ key }) => ['target', 'dst', 'destination'].includes(key))?.value;
    const path = target === undefined ? undefined : expandIn(state, target, escapeToken);
    const resolved = path === undefined ? undefined : resolveIn(state, path);
    // A mount over the root would say that no command writes anything.
    return resolved === undefined || resolved === '' ? [] : [resolved];
  });
}
