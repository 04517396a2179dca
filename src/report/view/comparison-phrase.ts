import type { Delta } from '../../compare/delta.ts';
import { formatBytes } from '../format-bytes.ts';
import type { WeighedPlatform } from '../report.ts';
import { packageCounts } from './changed-packages.ts';
import { summariseChanges } from './changes.ts';
import { baselineCaveats, describeBaseline } from './describe-baseline.ts';
import { ownWord } from './own-word.ts';
import { rebuildNoise } from './rebuild-noise.ts';

type Baseline = WeighedPlatform['baseline'];

/** One line: what the image was compared with and whose the change is, or why there was no comparison. `now`: start of the run. */
export function comparisonPhrase(platform: Pick<WeighedPlatform, 'baseline' | 'delta' | 'build'>, now: string): string {
  const { baseline, delta } = platform;
  if (baseline.source === 'none') return `No baseline: ${reasons(baseline) ?? 'none was given'}.`;
  const against = describeBaseline(baseline, now);
  if (delta === undefined) return `Not compared with ${against}: ${reasons(baseline) ?? 'no reason was recorded'}.`;
  return [outcome(delta, against, ownWord(platform)), packagesPhrase(delta), ...baselineCaveats(baseline)]
    .filter((part) => part !== '')
    .join(' ');
}

function outcome(delta: Delta, against: string, mine: string): string {
  if (summariseChanges(delta).isEmpty) return `Nothing changed against ${against}.`;
  const noise = rebuildNoise(delta);
  if (noise !== undefined) return `Compared with ${against}: ${noise}`;
  return `Compared with ${against}: ${splitPhrase(delta, mine)}.`;
}

function packagesPhrase(delta: Delta): string {
  const counts = packageCounts(delta);
  return counts === '' ? '' : `Packages: ${counts}.`;
}

function reasons({ tried }: Baseline): string | undefined {
  if (tried.length === 0) return undefined;
  const names = tried.length > 1;
  return tried.map(({ source, reason }) => (names ? `${source}: ` : '') + reason.replace(/\.$/, '')).join('; ');
}

function splitPhrase(delta: Delta, mine: string): string {
  if (delta.base === null || delta.own === null) return `base image and ${mine} cannot be told apart`;
  const own = `${mine} ${formatBytes(delta.own.unpackedBytes, { sign: true })} unpacked`;
  return `${basePhrase(delta.baseChange, delta.base.unpackedBytes)}, ${own}`;
}

function basePhrase(change: Delta['baseChange'], bytes: number): string {
  if (change === 'none' && bytes === 0) return 'base image unchanged';
  const verb = change === 'moved' || change === 'replaced' ? ` ${change}` : '';
  return `base image${verb} ${formatBytes(bytes, { sign: true })}`;
}
