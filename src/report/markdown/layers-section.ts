import { escapeMarkdownCodeInTable } from '../../escape.ts';
import type { ProfileLayer } from '../../profile/profile.ts';
import { formatBytes } from '../format-bytes.ts';
import type { ImageReport, WeighedPlatform } from '../report.ts';
import { count } from '../view/count.ts';
import { type FoldedBase, foldLayers, sumLayers } from '../view/layer-rows.ts';
import { cellLength, shorten } from '../view/shorten.ts';
import { type Links, lineLink } from './links.ts';
import type { Page } from './page.ts';
import { platformSuffix, section } from './section.ts';
import { table } from './table.ts';

const columns = [
  { title: 'Unpacked', align: 'right' },
  { title: 'Download', align: 'right' },
  { title: 'Wasted', align: 'right' },
  { title: 'Line', align: 'right' },
  { title: 'Instruction' },
] as const;

/** The layers: own ones first, largest on top, the base image in one row. */
export function layersSection(platform: WeighedPlatform, image: ImageReport, { links, extent }: Page): string {
  const { own, base } = foldLayers(platform);
  const shown = own.slice(0, extent.layerRows);
  const left = own.slice(extent.layerRows);
  const rows = shown.map((layer) => layerRow(layer, image, links));
  if (left.length > 0) rows.push(sumRow(sumLayers(left), `… and ${left.length} more`));
  if (base !== undefined) rows.push(sumRow(base, describeBase(base)));
  return section(`Layers${platformSuffix(platform, image)}`, summary(platform), table(columns, rows));
}

function summary({ layers, size }: WeighedPlatform): string {
  const largest = foldLayers({ layers, base: { family: 'unknown', viaStages: [] } }).own[0];
  const waste = size.wastedBytes === 0 ? '' : `, ${formatBytes(size.wastedBytes)} wasted`;
  const own =
    largest === undefined
      ? ''
      : `, ${largest.origin === 'own' ? 'largest own one' : 'largest'} ${formatBytes(largest.unpackedBytes)} unpacked`;
  return `${count(layers.length, 'layer')}${own}${waste}`;
}

function layerRow(layer: ProfileLayer, { dockerfile }: ImageReport, links: Links | undefined): string[] {
  const instruction = escapeMarkdownCodeInTable(shorten(layer.instruction, cellLength));
  return [...sizeCells(layer), lineLink(links, dockerfile, layer.line), instruction];
}

function sumRow(sum: ReturnType<typeof sumLayers>, title: string): string[] {
  return [...sizeCells(sum), '', title];
}

function sizeCells({ unpackedBytes, downloadBytes, wastedBytes }: ReturnType<typeof sumLayers>): string[] {
  const download = downloadBytes === null ? 'unknown' : formatBytes(downloadBytes);
  return [formatBytes(unpackedBytes), download, wastedBytes === 0 ? '' : formatBytes(wastedBytes)];
}

function describeBase({ count: layers, reference }: FoldedBase): string {
  const name = reference === undefined ? '' : ` ${escapeMarkdownCodeInTable(shorten(reference, cellLength))}`;
  return `**Base image**${name}, ${count(layers, 'layer')}`;
}
