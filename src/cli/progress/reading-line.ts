import { formatBytes } from '../../report/format-bytes.ts';
import { displayWidth, truncate } from '../../report/text/display-width.ts';
import { type Reading, rateOf, shareOf } from './reading.ts';

const fullBar = 24;
const widestName = 40;

/** One line for a terminal of this width: name, bar, bytes, rate, layer; the least useful parts go where it is narrow. */
export function readingLine(reading: Reading, now: number, columns: number): string {
  const room = Math.max(1, columns - 1);
  const name = truncate(reading.name, Math.min(widestName, room));
  const parts = [barOf(reading), bytesOf(reading), rate(reading, now), layerOf(reading)];
  // From the least to the most useful: the bar, the layer, the rate.
  for (const dropped of [[], [0], [0, 3], [0, 2, 3]]) {
    const line = [name, ...parts.filter((part, at) => part !== '' && !dropped.includes(at))].join('  ');
    if (displayWidth(line) <= room) return line;
  }
  return truncate(name, room);
}

/** One line for a log: `reading api: 1.20 GB of 1.90 GB (63 %), layer 4 of 9`. */
export function readingLogLine(reading: Reading): string {
  const share = shareOf(reading);
  const percent = share === undefined ? '' : ` (${Math.floor(share * 100)} %)`;
  const layer = layerOf(reading);
  return `reading ${reading.name}: ${bytesOf(reading)}${percent}${layer === '' ? '' : `, ${layer}`}`;
}

function barOf(reading: Reading): string {
  const share = shareOf(reading);
  if (share === undefined) return '';
  const filled = Math.floor(share * fullBar);
  return `${'█'.repeat(filled)}${'░'.repeat(fullBar - filled)} ${String(Math.floor(share * 100)).padStart(3)} %`;
}

function bytesOf({ progress, hasTotal }: Reading): string {
  const read = formatBytes(progress.bytes);
  return hasTotal ? `${read} of ${formatBytes(progress.totalBytes)}` : read;
}

function rate(reading: Reading, now: number): string {
  const perSecond = rateOf(reading, now);
  return perSecond === undefined ? '' : `${formatBytes(Math.round(perSecond))}/s`;
}

function layerOf({ progress: { layers } }: Reading): string {
  return layers === undefined ? '' : `layer ${Math.min(layers.done + 1, layers.count)} of ${layers.count}`;
}
