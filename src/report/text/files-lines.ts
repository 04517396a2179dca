import { escapeTerminal } from '../../escape.ts';
import type { ListedFile } from '../../profile/profile.ts';
import { formatBytes } from '../format-bytes.ts';
import type { WeighedPlatform } from '../report.ts';
import { count } from '../view/count.ts';
import { modeText } from '../view/mode-text.ts';
import { ofLayer } from '../view/of-layer.ts';
import { alignColumns, type Cell } from './columns.ts';
import type { Screen } from './screen.ts';

const largestColumns = [
  { title: 'BYTES', align: 'right' },
  { title: 'LAYER', align: 'right' },
  { title: 'PATH' },
] as const;
const listColumns = [
  { title: 'MODE' },
  { title: 'OWNER' },
  { title: 'BYTES', align: 'right' },
  { title: 'LAYER', align: 'right' },
  { title: 'PATH' },
] as const;
const maxRows = 10_000;
const narrow = 70;

/** The largest files, each body once. */
export function largestLines(platform: WeighedPlatform, { paint, width }: Screen): string[] {
  const { largest, count: names } = platform.files;
  if (largest.length === 0) return [];
  const rows = largest.map(({ path, bytes, layer }) => [
    { text: formatBytes(bytes) },
    { text: String(layer), style: 'dim' as const },
    { text: escapeTerminal(path) },
  ]);
  const title =
    paint('bold', `Largest files${ofLayer(platform)}`) + paint('dim', `  of ${count(names, 'file')} in the image`);
  return [title, ...alignColumns(largestColumns, rows, { paint, width })];
}

/** What --path and --layer asked for, as `ls` shows it. Empty where nobody asked. */
export function filesLines(platform: WeighedPlatform, { paint, width }: Screen): string[] {
  const { list } = platform.files;
  if (list === undefined) return [];
  const title = paint('bold', `Files${ofLayer(platform)}`) + paint('dim', `  ${count(list.length, 'name')}`);
  if (list.length === 0) return [title, '  nothing in the image matches'];
  const rest = list.length > maxRows ? [`  … and ${list.length - maxRows} more: --format json has them all`] : [];
  // Owner and layer are what one can do without.
  const shown = listColumns.map((_, at) => width >= narrow || (at !== 1 && at !== 3));
  const rows = list.slice(0, maxRows).map((file) => fileRow(file).filter((_, at) => shown[at]));
  const columns = listColumns.filter((_, at) => shown[at]);
  return [title, ...alignColumns(columns, rows, { paint, width }), ...rest];
}

function fileRow({ path, type, mode, uid, gid, bytes, linkTarget, layer }: ListedFile): Cell[] {
  const arrow = type === 'hardlink' ? ' = ' : ' → ';
  const target = linkTarget === undefined ? '' : arrow + linkTarget;
  return [
    { text: modeText(type, mode), style: 'dim' },
    { text: `${uid}:${gid}`, style: 'dim' },
    { text: type === 'file' || type === 'hardlink' ? formatBytes(bytes) : '' },
    { text: String(layer), style: 'dim' },
    { text: escapeTerminal(path + target) },
  ];
}
