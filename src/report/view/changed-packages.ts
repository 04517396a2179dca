import type { Delta, PackageDelta } from '../../compare/delta.ts';

const kinds = ['added', 'upgraded', 'downgraded', 'changed', 'removed'] as const satisfies PackageDelta['kind'][];

/** `3 added, 1 removed`; empty where no package changed. */
export function packageCounts({ packages }: Pick<Delta, 'packages'>): string {
  return kinds
    .map((kind) => ({ kind, number: packages.filter((each) => each.kind === kind).length }))
    .filter(({ number }) => number > 0)
    .map(({ kind, number }) => `${number} ${kind}`)
    .join(', ');
}

/** Packages as a reader looks for them: what came first, what went last. */
export function packagesByKind({ packages }: Pick<Delta, 'packages'>): PackageDelta[] {
  return kinds.flatMap((kind) => packages.filter((each) => each.kind === kind));
}

/** The most packages that a table shows. */
export const mostPackages = 30;
