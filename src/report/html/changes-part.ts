import { formatBytes } from '../format-bytes.ts';
import type { WeighedPlatform } from '../report.ts';
import { summariseChanges } from '../view/changes.ts';
import { count } from '../view/count.ts';
import { maxRows } from '../view/keep-most.ts';
import { layerPlace } from '../view/layer-name.ts';
import { remainingDeltaNotes } from '../view/missing-numbers.ts';
import { shorten } from '../view/shorten.ts';
import { type Html, html, type Part } from './html.ts';
import { list, section } from './section.ts';
import { table } from './table.ts';

const columns = [
  { title: 'Unpacked', align: 'right' },
  { title: 'Change' },
  { title: 'Line', align: 'right' },
  { title: 'What' },
] as const;

/** What changed against the baseline. Nothing where nothing did. */
export function changesPart(platform: WeighedPlatform): Html | undefined {
  const { delta } = platform;
  if (delta === undefined) return undefined;
  const { isEmpty, lines, base } = summariseChanges(delta);
  if (isEmpty) return undefined;
  const rows = lines
    .slice(0, maxRows)
    .map((change): Part[] => [
      formatBytes(change.bytes, { sign: true }),
      change.kind,
      change.kind === 'removed' ? undefined : (change.line ?? layerPlace(change)),
      html`<code>${shorten(change.instruction, 300)}</code>`,
    ]);
  if (lines.length > maxRows) rows.push(['', '', '', `… and ${lines.length - maxRows} more`]);
  if (base !== undefined) {
    rows.push([
      formatBytes(base.bytes, { sign: true }),
      delta.baseChange,
      '',
      `base image, ${count(base.count, 'layer')} changed`,
    ]);
  }
  for (const { key, before, after } of delta.config.slice(0, maxRows)) {
    rows.push([
      '',
      'setting',
      '',
      html`<code>${key}</code>: ${shorten(before ?? 'none', 100)} → ${shorten(after ?? 'none', 100)}`,
    ]);
  }
  return section('What changed', '', [table(columns, rows), list(remainingDeltaNotes(platform))]);
}
