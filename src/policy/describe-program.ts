import type { Program } from './find-programs.ts';

/** What a program is and how it was recognised; `listed` is how many of its names stand as evidence. */
export function describeProgram({ kind, by, names }: Program, listed: number): string {
  const [first, ...others] = names;
  const contains = first.body?.entry.contains ?? 'busybox';
  const what = {
    name: `is a ${kind}`,
    content: `is ${contains} under another name, a shell`,
    link: `is called as a ${kind} through a symlink`,
  }[by];
  const hidden = names.length - listed;
  const more = hidden > 0 ? `, with ${others.length} other names, ${hidden} more than are listed` : '';
  return `/${first.path} ${what}${more}`;
}

/** `1 package manager, 2 shells`. */
export function countPrograms(programs: readonly Program[]): string {
  const kinds = [...new Set(programs.map(({ kind }) => kind))].sort();
  return kinds.map((kind) => count(programs.filter((program) => program.kind === kind).length, kind)).join(', ');
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
