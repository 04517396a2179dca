import type { FileDelta } from '../../compare/delta.ts';
import { escapeMarkdownCodeInTable } from '../../escape.ts';
import { formatBytes } from '../format-bytes.ts';
import type { ImageReport, WeighedPlatform } from '../report.ts';
import { changedPaths, pathChange, pathLayer } from '../view/changed-paths.ts';
import { count } from '../view/count.ts';
import { cellLength, shorten } from '../view/shorten.ts';
import { shortenPath } from '../view/shorten-path.ts';
import { type Links, lineLink } from './links.ts';
import { openSection, platformSuffix } from './section.ts';
import { table } from './table.ts';

const columns = [
  { title: 'Bytes', align: 'right' },
  { title: 'What' },
  { title: 'Line', align: 'right' },
  { title: 'Path' },
] as const;

/** The paths that grew most, each with what happened to it and the line that did it. Empty where none is known to have changed. */
export function pathsSection(
  platform: WeighedPlatform,
  image: ImageReport,
  { links, most }: { readonly links: Links | undefined; readonly most: number },
): string {
  const { delta } = platform;
  const changes = delta && changedPaths(delta, most);
  if (delta === undefined || changes === undefined || most === 0) return '';
  const { title, shown, left } = changes;
  const rows = shown.map((file) => pathRow(file, { platform, image, links }));
  if (left.count > 0) rows.push([signed(left.bytes), '', '', `… in ${count(left.count, 'other row')}`]);
  const sum = `${signed(delta.visibleBytes)} visible in a container`;
  return openSection(`${title}${platformSuffix(platform, image)}`, sum, table(columns, rows));
}

type Place = { readonly platform: WeighedPlatform; readonly image: ImageReport; readonly links: Links | undefined };

function pathRow(file: FileDelta, { platform, image: { dockerfile }, links }: Place): string[] {
  const { path, bytes, line, madeBy } = file;
  const shown = escapeMarkdownCodeInTable(shortenPath(path, cellLength));
  return [
    signed(bytes),
    pathChange(file),
    lineLink(links, dockerfile, line) || pathLayer(file, platform),
    madeBy === undefined ? shown : `${shown} ${madeIn(madeBy, dockerfile, links)}`,
  ];
}

/** The stage that a `COPY --from` took it from, and its line where that is certain. */
function madeIn(
  { stage, line }: NonNullable<FileDelta['madeBy']>,
  dockerfile: string | undefined,
  links: Links | undefined,
): string {
  const at = line === undefined ? '' : `, line ${lineLink(links, dockerfile, line)}`;
  return `made in ${escapeMarkdownCodeInTable(shorten(stage, cellLength))}${at}`;
}

function signed(bytes: number): string {
  return formatBytes(bytes, { sign: true });
}
