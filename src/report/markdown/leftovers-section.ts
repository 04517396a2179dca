import { escapeMarkdownCodeInTable } from '../../escape.ts';
import type { ProfileLayer } from '../../profile/profile.ts';
import { formatBytes } from '../format-bytes.ts';
import type { ImageReport, WeighedPlatform } from '../report.ts';
import { layerInstruction } from '../view/layer-name.ts';
import { type LeftoverRow, leftoverRows } from '../view/leftover-rows.ts';
import { cellLength, shorten } from '../view/shorten.ts';
import { type Links, lineLink } from './links.ts';
import { platformSuffix, section } from './section.ts';
import { table } from './table.ts';

const columns = [
  { title: 'Bytes', align: 'right' },
  { title: 'What' },
  { title: 'Files', align: 'right' },
  { title: 'Where' },
  { title: 'Left by' },
] as const;
const instructionLength = 50;

/** What a build left behind, with the line that left it; `only` may leave layers out. Empty when there is nothing. */
export function leftoversSection(
  platform: WeighedPlatform,
  image: ImageReport,
  { links, only }: { readonly links: Links | undefined; readonly only?: (layer: ProfileLayer | undefined) => boolean },
): string {
  const rows = leftoverRows(platform, only);
  if (rows.length === 0) return '';
  const bytes = rows.reduce((sum, row) => sum + row.bytes, 0);
  const cells = rows.map((row) => [
    formatBytes(row.bytes),
    row.what,
    row.files,
    escapeMarkdownCodeInTable(shorten(row.path, cellLength)),
    leaver(row, image, links),
  ]);
  const summary = `${formatBytes(bytes)} visible that running the image seldom needs`;
  return section(`Leftovers${platformSuffix(platform, image)}`, summary, table(columns, cells));
}

function leaver({ layer }: LeftoverRow, { dockerfile }: ImageReport, links: Links | undefined): string {
  if (layer === undefined) return '';
  const instruction = escapeMarkdownCodeInTable(shorten(layerInstruction(layer), instructionLength));
  const line = layer.line === undefined ? '' : `, line ${lineLink(links, dockerfile, layer.line)}`;
  return `layer ${layer.position}${line}: ${instruction}`;
}
