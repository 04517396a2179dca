import { escapeTerminal } from '../../escape.ts';
import { formatBytes } from '../format-bytes.ts';
import type { WeighedPlatform } from '../report.ts';
import { contentsFacts } from '../view/contents-facts.ts';
import { layerName } from '../view/layer-name.ts';
import { leftoverRows } from '../view/leftover-rows.ts';
import { alignColumns, type Cell } from './columns.ts';
import { paragraph } from './paragraph.ts';
import type { Screen } from './screen.ts';

const factColumns = [{ title: '' }, { title: '' }] as const;
const leftoverColumns = [
  { title: '', align: 'right' },
  { title: '' },
  { title: '', align: 'right' },
  { title: '' },
  { title: '' },
] as const;
const maxNotes = 10;

/** What is in the image in a few lines, and what could not be read of it. Empty for a report that does not say. */
export function contentsLines(platform: WeighedPlatform, screen: Screen): string[] {
  const facts = contentsFacts(platform);
  if (facts.length === 0) return [];
  const rows = facts.map(({ label, summary, paths }): Cell[] => [
    { text: label, style: 'dim' },
    { text: escapeTerminal([summary, paths.join(', ')].join(' ').trim()) },
  ]);
  const notes = (platform.contents?.notes ?? []).slice(0, maxNotes);
  return [
    screen.paint('bold', 'Contents'),
    ...alignColumns(factColumns, rows, screen),
    ...notes.flatMap((note) => paragraph(note, screen, { mark: 'Not read: ' })),
  ];
}

/** What a build left behind, with the layer and line that left it. Empty when there is nothing. */
export function leftoversLines(platform: WeighedPlatform, screen: Screen): string[] {
  const rows = leftoverRows(platform);
  const { paint } = screen;
  const { bytes = 0, count = 0 } = platform.contents?.leftovers ?? {};
  if (rows.length === 0) return [];
  const cells = rows.map(({ bytes: each, what, files, path, layer }): Cell[] => [
    { text: formatBytes(each), style: 'near' },
    { text: what },
    { text: files, style: 'dim' },
    { text: layer === undefined ? '' : layerName(layer), style: 'dim' },
    { text: escapeTerminal(path) },
  ]);
  const rest = count > rows.length ? [paint('dim', `  … and ${count - rows.length} more`)] : [];
  return [
    paint('bold', 'Leftovers') + paint('dim', `  ${formatBytes(bytes)} visible that running it seldom needs`),
    ...alignColumns(leftoverColumns, cells, screen),
    ...rest,
  ];
}
