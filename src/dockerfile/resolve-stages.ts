import type { FindContext, NamedContext } from './build-contexts.ts';
import type { SyntaxProblem } from './check-flags.ts';
import { checkInstruction } from './check-instruction.ts';
import { expand } from './expand.ts';
import { parseFlags } from './parse-flags.ts';
import { parseMount } from './parse-mount.ts';
import type { ParsedInstruction } from './read-instructions.ts';
import type { BasedStage } from './resolve-bases.ts';
import { splitInstruction } from './split-instruction.ts';
import type { Refusal } from './stage-graph.ts';

/**
 * One of BuildKit's own states: a stage, or the hidden one that it makes for each `COPY --from=IMAGE` and for each
 * mount without a stage. Hidden ones come after the stages and count for `COPY --from=<number>`.
 */
export type Node = {
  readonly position: number;
  readonly stage: BasedStage | undefined;
  readonly baseName: string | undefined;
  readonly line: number;
  /** The stage that FROM names; undefined for an image, a context or scratch. */
  base: Node | undefined;
  readonly replacedBy: NamedContext | undefined;
  /** What its own instructions take from elsewhere, in file order. */
  readonly needs: Need[];
  /** What the ONBUILD instructions of its base add, run first. */
  readonly triggers: Trigger[];
};

export type Need = {
  readonly by: 'copy' | 'mount';
  readonly node: Node;
  /** As the Dockerfile names it; undefined for a mount that names nothing. */
  readonly from: string | undefined;
  readonly line: number;
  /** False for a mount that BuildKit looks up but does not read. */
  readonly isRead: boolean;
};

export type Trigger = {
  /** The whole ONBUILD instruction, in the base stage. */
  readonly onbuild: ParsedInstruction;
  readonly keyword: string;
  readonly flags: readonly string[];
  readonly rest: string;
  readonly problem: SyntaxProblem | undefined;
  readonly needs: readonly Need[];
};

export type Resolved = {
  /** The stages in file order, then the hidden states. */
  readonly nodes: readonly Node[];
  readonly byName: ReadonlyMap<string, Node>;
  /** True when the file makes a single state in all, which BuildKit then leaves unnamed in its output. */
  readonly isOnlyState: boolean;
  readonly refusals: readonly Refusal[];
};

export type ResolveOptions = {
  readonly escapeToken: string;
  readonly findContext: FindContext;
  readonly targetPlatform: string;
};

/** Looks every base and source up in BuildKit's order: stage first, then build context, then image. */
export function resolveStages(stages: readonly BasedStage[], options: ResolveOptions): Resolved {
  const resolver = new Resolver(options);
  for (const stage of stages) resolver.addStage(stage);
  resolver.resolveNeeds();
  const isOnlyState = resolver.nodes.length === 1;
  resolver.resolveTriggers();
  return { nodes: resolver.nodes, byName: resolver.byName, isOnlyState, refusals: resolver.refusals };
}

type Command = { readonly keyword: string; readonly flags: readonly string[]; readonly line: number };

class Resolver {
  readonly nodes: Node[] = [];
  readonly byName = new Map<string, Node>();
  readonly refusals: Refusal[] = [];
  private readonly options: ResolveOptions;

  constructor(options: ResolveOptions) {
    this.options = options;
  }

  /** FROM sees only the stages above it, by their exact lower-case name; a later stage of the same name hides an earlier one. */
  addStage(stage: BasedStage): void {
    const { baseName, name } = stage;
    const replacedBy =
      name === undefined ? undefined : this.options.findContext(name, stage.platform ?? this.options.targetPlatform);
    const above = baseName === undefined ? undefined : this.byName.get(baseName);
    const base = replacedBy === undefined ? above : undefined;
    const node = this.add({ stage, baseName, line: stage.from.lines.start, base, replacedBy });
    if (name !== undefined) this.byName.set(name, node);
  }

  /** COPY and mounts see every stage of the file, so the last of two with one name. */
  resolveNeeds(): void {
    for (const node of [...this.nodes]) {
      for (const { keyword, flags, lines } of node.stage?.instructions ?? []) {
        const found = this.needsOf({ keyword, flags, line: lines.start });
        if (found.kind === 'refused') this.refusals.push(found.refusal);
        else node.needs.push(...found.needs);
      }
    }
  }

  resolveTriggers(): void {
    for (const node of [...this.nodes]) {
      for (const instruction of node.base?.stage?.instructions ?? []) {
        if (instruction.keyword.toUpperCase() === 'ONBUILD') node.triggers.push(this.triggerFor(node, instruction));
      }
    }
  }

  /** BuildKit reads a trigger as a file of its own, so with the ordinary escape character, and gives it the line of FROM. */
  private triggerFor(node: Node, onbuild: ParsedInstruction): Trigger {
    const { keyword, flags, rest } = splitInstruction(onbuild.rest, '\\');
    const written = { onbuild, keyword: keyword.toUpperCase(), flags, rest };
    const problem = checkInstruction({ keyword, flags, rest }, '\\');
    const found = problem === undefined ? this.needsOf({ keyword, flags, line: node.line }) : undefined;
    if (found?.kind === 'refused') {
      const { message, remedy } = found.refusal;
      return { ...written, problem: { reason: message, remedy }, needs: [] };
    }
    return { ...written, problem, needs: found?.needs ?? [] };
  }

  private needsOf(command: Command): NeedsOrRefusal {
    const keyword = command.keyword.toUpperCase();
    const flags = parseFlags(keyword, command.flags);
    const values = flags.kind === 'flags' ? flags.values : new Map<string, readonly string[]>();
    if (keyword === 'COPY') return this.copyNeeds(values.get('from')?.[0] ?? '', command.line);
    if (keyword === 'RUN')
      return {
        kind: 'needs',
        needs: (values.get('mount') ?? []).flatMap((mount) => this.mountNeeds(mount, command.line)),
      };
    return { kind: 'needs', needs: [] };
  }

  private copyNeeds(from: string, line: number): NeedsOrRefusal {
    if (from === '') return { kind: 'needs', needs: [] };
    const literal = expand(from, { lookup: () => undefined, escapeToken: this.options.escapeToken });
    if (literal.kind !== 'beyond' && (literal.kind === 'invalid' || literal.text !== from))
      return refuseVariable(from, line);
    const index = /^[+-]?\d{1,15}$/.test(from) ? Number(from) : undefined;
    const node = index === undefined ? (this.find(from) ?? this.addHidden(from, line)) : this.nodes[index];
    if (node === undefined) return this.refuseIndex(from, line);
    return { kind: 'needs', needs: [{ by: 'copy', node, from, line, isRead: true }] };
  }

  private mountNeeds(text: string, line: number): readonly Need[] {
    const mount = parseMount(text);
    if (mount.kind === 'invalid') return [];
    const node = this.find(mount.from ?? 'scratch') ?? this.addHidden(mount.from ?? 'scratch', line);
    const isCache = mount.fields.findLast(({ key }) => key === 'type')?.value?.toLowerCase() === 'cache';
    const isRead = mount.from !== undefined || (isCache && node.stage !== undefined);
    return [{ by: 'mount', node, from: mount.from, line, isRead }];
  }

  private find(name: string): Node | undefined {
    return this.byName.get(name.toLowerCase());
  }

  private addHidden(baseName: string, line: number): Node {
    return this.add({ stage: undefined, baseName, line, base: undefined, replacedBy: undefined });
  }

  private add(node: Pick<Node, 'stage' | 'baseName' | 'line' | 'base' | 'replacedBy'>): Node {
    const added: Node = { ...node, position: this.nodes.length, needs: [], triggers: [] };
    this.nodes.push(added);
    return added;
  }

  private refuseIndex(from: string, line: number): NeedsOrRefusal {
    const count = this.nodes.filter((node) => node.stage !== undefined).length;
    const message = `Line ${line} copies from stage ${from}, and the file has stages 0 to ${count - 1}.`;
    return { kind: 'refused', refusal: { line, message, remedy: 'Name the stage with AS and copy from that name.' } };
  }
}

type NeedsOrRefusal =
  | { readonly kind: 'needs'; readonly needs: readonly Need[] }
  | { readonly kind: 'refused'; readonly refusal: Refusal };

function refuseVariable(from: string, line: number): NeedsOrRefusal {
  const message = `Line ${line} has COPY --from=${from}; BuildKit expands no variable there.`;
  return {
    kind: 'refused',
    refusal: {
      line,
      message,
      remedy: `FROM ${from} AS NAME, with its ARG before the first FROM, and then COPY --from=NAME`,
    },
  };
}
