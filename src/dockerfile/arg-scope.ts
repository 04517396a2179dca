import { type Expansion, expand } from './expand.ts';
import type { ParsedInstruction } from './read-instructions.ts';
import { splitWords } from './split-words.ts';
import type { Refusal } from './stage-graph.ts';

/** What a FROM can read: platform arguments, then the ARGs before the first FROM; stage ARGs are invisible to it. */
export type ArgScope = {
  readonly expand: (word: string) => ScopedExpansion;
  readonly refusals: readonly Refusal[];
  /** Names that the defaults of global ARGs read. */
  readonly read: ReadonlySet<string>;
};

export type ScopedExpansion =
  | {
      readonly kind: 'expanded';
      readonly text: string;
      readonly unset: readonly string[];
      readonly read: ReadonlySet<string>;
    }
  | { readonly kind: 'invalid'; readonly reason: string }
  /** Depends on a build argument whose value only the builder's environment knows. */
  | { readonly kind: 'unknown'; readonly read: ReadonlySet<string> };

export type ScopeOptions = {
  readonly escapeToken: string;
  readonly buildArgs: Readonly<Record<string, string | undefined>>;
  readonly platform: string;
  readonly targetPlatform: string;
  /** As given on the command line, else the last stage's name, else `default`. */
  readonly targetStage: string;
};

/** Builds the scope in file order: an ARG's default sees the ones before it, a build argument wins over a default. */
export function readArgScope(globalArgs: readonly ParsedInstruction[], options: ScopeOptions): ArgScope {
  const values = new Map<string, string>(platformArgs(options));
  const unknown = new Set<string>(
    Object.keys(options.buildArgs).filter((name) => isUnknown(options, name) && values.has(name)),
  );
  const read = new Set<string>();
  const refusals: Refusal[] = [];
  const scoped = (word: string): ScopedExpansion =>
    scopeExpansion(expand(word, { lookup: (name) => values.get(name), escapeToken: options.escapeToken }), {
      values,
      unknown,
    });

  for (const arg of globalArgs) {
    for (const word of splitWords(arg.rest, options.escapeToken)) {
      const { name, value } = splitPair(word);
      const given = Object.hasOwn(options.buildArgs, name) ? options.buildArgs[name] : undefined;
      unknown.delete(name);
      if (isUnknown(options, name)) unknown.add(name);
      else if (given !== undefined) values.set(name, given);
      else if (value !== undefined) {
        const expansion = scoped(value);
        if (expansion.kind === 'invalid') refusals.push(refuseDefault(arg, name, expansion.reason));
        else for (const used of expansion.read) read.add(used);
        if (expansion.kind === 'unknown') unknown.add(name);
        if (expansion.kind === 'expanded') values.set(name, expansion.text);
      }
    }
  }
  return { expand: scoped, refusals, read };
}

/** An ARG's name and default; no default is not the same as an empty one. */
export function splitPair(word: string): { readonly name: string; readonly value: string | undefined } {
  const equals = word.indexOf('=');
  return equals < 0 ? { name: word, value: undefined } : { name: word.slice(0, equals), value: word.slice(equals + 1) };
}

function isUnknown({ buildArgs }: ScopeOptions, name: string): boolean {
  return Object.hasOwn(buildArgs, name) && buildArgs[name] === undefined;
}

function scopeExpansion(
  expansion: Expansion,
  known: { readonly values: ReadonlyMap<string, string>; readonly unknown: ReadonlySet<string> },
): ScopedExpansion {
  if (expansion.kind === 'beyond') return { kind: 'unknown', read: new Set() };
  if ([...expansion.read].some((name) => known.unknown.has(name))) return { kind: 'unknown', read: expansion.read };
  if (expansion.kind === 'invalid') return { kind: 'invalid', reason: expansion.reason };
  const unset = [...expansion.read].filter((name) => !known.values.has(name));
  return { kind: 'expanded', text: expansion.text, unset, read: expansion.read };
}

function refuseDefault({ lines }: ParsedInstruction, name: string, reason: string): Refusal {
  const message = `Line ${lines.start} gives ARG ${name} a default that cannot be expanded: ${reason}.`;
  return { line: lines.start, message, remedy: `Mend the default, or escapeToken its $ signs.` };
}

function platformArgs(options: ScopeOptions): readonly (readonly [string, string])[] {
  const build = splitPlatform(options.platform);
  const target = splitPlatform(options.targetPlatform);
  const defaults: readonly (readonly [string, string])[] = [
    ['BUILDPLATFORM', options.platform],
    ['BUILDOS', build.os],
    ['BUILDOSVERSION', ''],
    ['BUILDARCH', build.arch],
    ['BUILDVARIANT', build.variant],
    ['TARGETPLATFORM', options.targetPlatform],
    ['TARGETOS', target.os],
    ['TARGETOSVERSION', ''],
    ['TARGETARCH', target.arch],
    ['TARGETVARIANT', target.variant],
    ['TARGETSTAGE', options.targetStage],
  ];
  return defaults.map(([name, value]) => [
    name,
    (Object.hasOwn(options.buildArgs, name) ? options.buildArgs[name] : undefined) ?? value,
  ]);
}

function splitPlatform(platform: string): { readonly os: string; readonly arch: string; readonly variant: string } {
  const [os = '', arch = '', variant = ''] = platform.split('/');
  return { os, arch, variant };
}
