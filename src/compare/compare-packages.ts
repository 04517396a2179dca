import type { Package, Profile } from '../profile/profile.ts';
import type { Steps } from '../slices.ts';
import type { Delta, PackageDelta } from './delta.ts';
import { compareVersions } from './versions/compare-versions.ts';

export type PackageComparison = { readonly packages: Delta['packages']; readonly note?: string };

/** Packages that came, went, or have another version, by type and name. A profile from before packages were read has none to compare. */
export function* comparingPackages(base: Profile, head: Profile): Steps<PackageComparison> {
  if (base.packages === undefined || head.packages === undefined) {
    const which = base.packages === undefined ? 'what it is compared with' : 'this image';
    return { packages: [], note: `Packages are not compared: those of ${which} were not read.` };
  }
  const before = yield* grouping(base.packages);
  const after = yield* grouping(head.packages);
  const keys = [...new Set([...before.keys(), ...after.keys()])].sort();
  const packages: PackageDelta[] = [];
  for (const key of keys) {
    const change = describe(before.get(key) ?? [], after.get(key) ?? []);
    if (change !== undefined) packages.push(change);
    yield;
  }
  return { packages };
}

/** Packages of one type and name; neither has a control character. */
function* grouping(packages: readonly Package[]): Steps<Map<string, Package[]>> {
  const groups = new Map<string, Package[]>();
  for (const each of packages) {
    const key = `${each.type}\0${each.name}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [each]);
    else group.push(each);
    yield;
  }
  return groups;
}

function describe(before: readonly Package[], after: readonly Package[]): PackageDelta | undefined {
  const [any] = [...after, ...before];
  const one = versionsOf(before);
  const other = versionsOf(after);
  if (any === undefined || joined(one) === joined(other)) return undefined;
  return {
    type: any.type,
    name: any.name,
    kind: kindOf(any.type, one, other),
    ...(one.length === 0 ? {} : { before: joined(one) }),
    ...(other.length === 0 ? {} : { after: joined(other) }),
  };
}

/** Oldest first where the order can be told. */
function versionsOf(packages: readonly Package[]): string[] {
  const versions = [...new Set(packages.map(({ version }) => version))].sort();
  const [first] = packages;
  return first === undefined ? [] : versions.sort((a, b) => compareVersions(first.type, a, b) ?? 0);
}

/** Shown so; no version has a comma. */
function joined(versions: readonly string[]): string {
  return versions.join(', ');
}

/** Of several versions those count that only one side has. */
function kindOf(type: Package['type'], before: readonly string[], after: readonly string[]): PackageDelta['kind'] {
  if (before.length === 0) return 'added';
  if (after.length === 0) return 'removed';
  const [gone, ...otherGone] = before.filter((version) => !after.includes(version));
  const [come, ...otherCome] = after.filter((version) => !before.includes(version));
  if (gone === undefined || come === undefined || otherGone.length > 0 || otherCome.length > 0) return 'changed';
  const order = compareVersions(type, gone, come) ?? 0;
  return order === 0 ? 'changed' : order < 0 ? 'upgraded' : 'downgraded';
}
