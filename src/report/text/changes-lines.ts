import type { LineChange } from '../../compare/line-changes.ts';
import { escapeTerminal } from '../../escape.ts';
import { formatBytes } from '../format-bytes.ts';
import type { WeighedPlatform } from '../report.ts';
import { summariseChanges } from '../view/changes.ts';
import { count } from '../view/count.ts';
import { maxRows } from '../view/keep-most.ts';
import { layerPlace } from '../view/layer-name.ts';
import { remainingDeltaNotes } from '../view/missing-numbers.ts';
import { shorten } from '../view/shorten.ts';
import { alignColumns, type Cell } from './columns.ts';
import { paragraph } from './paragraph.ts';
import type { Screen } from './screen.ts';

const columns = [
  { title: 'UNPACKED', align: 'right' },
  { title: 'CHANGE' },
  { title: 'LINE', align: 'right' },
  { title: 'WHAT' },
] as const;

/** What changed against the baseline. Empty where nothing did: the line about the comparison says so. */
export function changesLines(platform: WeighedPlatform, screen: Screen): string[] {
  const { delta } = platform;
  if (delta === undefined) return [];
  const { isEmpty, lines, base } = summariseChanges(delta);
  if (isEmpty) return [];
  const rows = lines.slice(0, maxRows).map(lineRow);
  if (lines.length > maxRows) rows.push(changeRow(undefined, '', `… and ${lines.length - maxRows} more`));
  if (base !== undefined)
    rows.push(changeRow(base.bytes, baseWord(delta.baseChange), `base image, ${count(base.count, 'layer')} changed`));
  for (const { key, before, after } of delta.config.slice(0, maxRows)) {
    rows.push(
      changeRow(undefined, 'setting', `${key}: ${shorten(before ?? 'none', 60)} → ${shorten(after ?? 'none', 60)}`),
    );
  }
  const notes = remainingDeltaNotes(platform).flatMap((note) => paragraph(note, screen, { mark: 'Note: ' }));
  return [screen.paint('bold', 'Changes'), ...alignColumns(columns, rows, screen), ...notes];
}

function lineRow(change: LineChange): Cell[] {
  const { kind, bytes, instruction, line } = change;
  // A removed layer's line is one of the baseline's Dockerfile.
  const place = kind === 'removed' ? '' : (line ?? layerPlace(change));
  return changeRow(bytes, kind, shorten(instruction, 200), String(place));
}

function changeRow(bytes: number | undefined, change: string, what: string, place = ''): Cell[] {
  const grew = bytes !== undefined && bytes > 0;
  const shrank = bytes !== undefined && bytes < 0;
  const text = bytes === undefined ? '' : formatBytes(bytes, { sign: true });
  return [
    { text, ...(grew ? { style: 'near' as const } : shrank ? { style: 'pass' as const } : {}) },
    { text: change },
    { text: place },
    { text: escapeTerminal(what) },
  ];
}

function baseWord(change: NonNullable<WeighedPlatform['delta']>['baseChange']): string {
  return change === 'moved' || change === 'replaced' ? change : 'changed';
}
