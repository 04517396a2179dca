import type { Package } from '../../profile/profile.ts';
import { compareApk } from './apk.ts';
import { compareDeb } from './deb.ts';
import { compareMaven } from './maven.ts';
import { comparePypi } from './pypi.ts';
import { compareRpm } from './rpm.ts';
import { compareGo, compareSemver } from './semver.ts';

type Compare = (a: string, b: string) => number | undefined;

const orders: Readonly<Record<Package['type'], Compare>> = {
  deb: compareDeb,
  apk: compareApk,
  rpm: compareRpm,
  npm: compareSemver,
  pypi: comparePypi,
  golang: compareGo,
  maven: compareMaven,
};

/** Negative when `a` is the older one, as its kind of package orders versions; undefined when that cannot be told. */
export function compareVersions(type: Package['type'], a: string, b: string): number | undefined {
  return a.length > longest || b.length > longest ? undefined : orders[type](a, b);
}

/** Nobody writes longer ones. */
const longest = 200;
