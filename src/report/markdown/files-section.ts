import { escapeMarkdownCodeInTable } from '../../escape.ts';
import type { ListedFile } from '../../profile/profile.ts';
import { formatBytes } from '../format-bytes.ts';
import type { WeighedPlatform } from '../report.ts';
import { count } from '../view/count.ts';
import { modeText } from '../view/mode-text.ts';
import { ofLayer } from '../view/of-layer.ts';
import { shorten } from '../view/shorten.ts';
import { section } from './section.ts';
import { table } from './table.ts';

const largestColumns = [
  { title: 'Bytes', align: 'right' },
  { title: 'Layer', align: 'right' },
  { title: 'Path' },
] as const;
const listColumns = [
  { title: 'Mode' },
  { title: 'Owner' },
  { title: 'Bytes', align: 'right' },
  { title: 'Layer', align: 'right' },
  { title: 'Path' },
] as const;
const maxRows = 1000;
const pathLength = 200;

/** The largest files, each body once. */
export function largestSection(platform: WeighedPlatform): string {
  const { largest, count: names } = platform.files;
  if (largest.length === 0) return '';
  const rows = largest.map(({ path, bytes, layer }) => [formatBytes(bytes), String(layer), code(path)]);
  return section(
    `Largest files${ofLayer(platform)}`,
    `of ${count(names, 'file')} in the image`,
    table(largestColumns, rows),
  );
}

/** What --path and --layer asked for. Empty where nobody asked. */
export function filesSection(platform: WeighedPlatform): string {
  const { list } = platform.files;
  if (list === undefined) return '';
  const rows = list.slice(0, maxRows).map(fileRow);
  const rest = list.length > maxRows ? `\n\n… and ${list.length - maxRows} more` : '';
  const body = rows.length === 0 ? 'Nothing in the image matches.' : table(listColumns, rows) + rest;
  return section(`Files${ofLayer(platform)}`, count(list.length, 'name'), body);
}

function fileRow({ path, type, mode, uid, gid, bytes, linkTarget, layer }: ListedFile): string[] {
  const target = linkTarget === undefined ? '' : ` ${type === 'hardlink' ? '=' : '→'} ${code(linkTarget)}`;
  const size = type === 'file' || type === 'hardlink' ? formatBytes(bytes) : '';
  return [`\`${modeText(type, mode)}\``, `${uid}:${gid}`, size, String(layer), code(path) + target];
}

function code(path: string): string {
  return escapeMarkdownCodeInTable(shorten(path, pathLength));
}
