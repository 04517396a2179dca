import type { ListedFile } from '../../profile/profile.ts';
import { formatBytes } from '../format-bytes.ts';
import type { WeighedPlatform } from '../report.ts';
import { count } from '../view/count.ts';
import { modeText } from '../view/mode-text.ts';
import { ofLayer } from '../view/of-layer.ts';
import { type Html, html, type Part } from './html.ts';
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

/** The largest files, each body once. */
export function largestPart(platform: WeighedPlatform): Html | undefined {
  const { largest, count: names } = platform.files;
  if (largest.length === 0) return undefined;
  const rows = largest.map(({ path, bytes, layer }): Part[] => [formatBytes(bytes), layer, html`<code>${path}</code>`]);
  return section(
    `Largest files${ofLayer(platform)}`,
    `of ${count(names, 'file')} in the image`,
    table(largestColumns, rows),
  );
}

/** What --path and --layer asked for. Nothing where nobody asked. */
export function filesPart(platform: WeighedPlatform): Html | undefined {
  const { list } = platform.files;
  if (list === undefined) return undefined;
  const rest = list.length > maxRows ? html`<p>… and ${list.length - maxRows} more</p>\n` : undefined;
  const body =
    list.length === 0
      ? html`<p>Nothing in the image matches.</p>\n`
      : table(listColumns, list.slice(0, maxRows).map(fileRow));
  return section(`Files${ofLayer(platform)}`, count(list.length, 'name'), [body, rest]);
}

function fileRow({ path, type, mode, uid, gid, bytes, linkTarget, layer }: ListedFile): Part[] {
  const arrow = type === 'hardlink' ? ' = ' : ' → ';
  const target = linkTarget === undefined ? undefined : html`${arrow}<code>${linkTarget}</code>`;
  return [
    html`<code>${modeText(type, mode)}</code>`,
    `${uid}:${gid}`,
    type === 'file' || type === 'hardlink' ? formatBytes(bytes) : '',
    layer,
    html`<code>${path}</code>${target}`,
  ];
}
