import type { ChangedNames } from './changed-names.ts';

/** Changed names from one up to another. */
export type Span = { readonly from: number; readonly to: number };

/** A changed name, or a directory with what changed in it. */
export type Child = {
  /** Its place among the directories; −1 for a name. */
  readonly directory: number;
  /** Ascending. */
  readonly spans: readonly Span[];
  /** Changed names. */
  readonly count: number;
  readonly weight: number;
};

export type Children = {
  /** Heaviest first. */
  readonly heaviest: readonly Child[];
  /** How many there are in all. */
  readonly total: number;
};

/** The `most` heaviest children of a directory. A directory that is changed itself is one child with what is in it. */
export function heaviestChildren(changed: ChangedNames, directory: number, most: number): Children {
  const heaviest: Child[] = [];
  let total = 0;
  const take = (weight: number, create: () => Child): void => {
    total++;
    if (heaviest.length < most || weight > (heaviest.at(-1)?.weight ?? 0)) insert(heaviest, create(), most);
  };
  const inner = innerDirectories(changed, directory);
  for (const child of inner) take(weightOf(changed, child), () => directoryChild(changed, child));
  for (const { from, to } of between(changed, directory, inner)) {
    for (let at = from; at < to; at++) take(nameWeight(changed, at), () => nameChild(changed, at));
  }
  return { heaviest, total };
}

/** The whole of a directory. */
export function directoryChild(changed: ChangedNames, directory: number): Child {
  const { starts, ends, own } = changed.directories;
  const content = { from: starts[directory] ?? 0, to: ends[directory] ?? 0 };
  const itself = own[directory] ?? -1;
  const spans = itself < 0 ? [content] : [{ from: itself, to: itself + 1 }, content];
  const count = spans.reduce((sum, { from, to }) => sum + to - from, 0);
  return { directory, spans, count, weight: weightOf(changed, directory) };
}

export function nameChild(changed: ChangedNames, at: number): Child {
  return { directory: -1, spans: [{ from: at, to: at + 1 }], count: 1, weight: nameWeight(changed, at) };
}

function insert(heaviest: Child[], child: Child, most: number): void {
  const before = heaviest.findIndex(({ weight }) => weight < child.weight);
  heaviest.splice(before < 0 ? heaviest.length : before, 0, child);
  if (heaviest.length > most) heaviest.pop();
}

/** The directories right in it, in order. */
function innerDirectories({ directories: { inner } }: ChangedNames, directory: number): number[] {
  const found: number[] = [];
  const first = inner[directory] ?? 0;
  for (let child = directory - 1; child >= first; child = (inner[child] ?? 0) - 1) found.push(child);
  return found.reverse();
}

/** What is in a directory without its inner ones. */
function between({ directories }: ChangedNames, directory: number, inner: readonly number[]): Span[] {
  const { starts, ends, own } = directories;
  const taken = inner.flatMap((child): Span[] => {
    const itself = own[child] ?? -1;
    const content = { from: starts[child] ?? 0, to: ends[child] ?? 0 };
    return itself < 0 ? [content] : [{ from: itself, to: itself + 1 }, content];
  });
  return withoutSpans([{ from: starts[directory] ?? 0, to: ends[directory] ?? 0 }], taken);
}

/** What is left of ascending spans without others that lie in them. */
export function withoutSpans(spans: readonly Span[], taken: readonly Span[]): Span[] {
  const left: Span[] = [];
  const gone = [...taken].sort((a, b) => a.from - b.from);
  let next = 0;
  for (const { from, to } of spans) {
    let at = from;
    for (let each = gone[next]; each !== undefined && each.from < to; each = gone[++next]) {
      if (each.from > at) left.push({ from: at, to: each.from });
      at = each.to;
    }
    if (at < to) left.push({ from: at, to });
  }
  return left;
}

function weightOf(changed: ChangedNames, directory: number): number {
  const { own, weights } = changed.directories;
  const itself = own[directory] ?? -1;
  return (weights[directory] ?? 0) + (itself < 0 ? 0 : nameWeight(changed, itself));
}

/** Names without bytes weigh something too, or nothing would tell a thousand changed modes from one. */
function nameWeight({ bytes }: ChangedNames, at: number): number {
  return Math.abs(bytes[at] ?? 0) + 1;
}
