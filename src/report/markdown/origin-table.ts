import { escapeMarkdownCodeInTable } from '../../escape.ts';
import { formatBytes } from '../format-bytes.ts';
import type { WeighedPlatform } from '../report.ts';
import { count } from '../view/count.ts';
import { type OriginSizes, originSizes } from '../view/origin-sizes.ts';
import { cellLength, shorten } from '../view/shorten.ts';
import { table } from './table.ts';

const columns = [
  { title: 'Whose' },
  { title: 'Unpacked', align: 'right' },
  { title: 'Visible', align: 'right' },
  { title: 'Wasted', align: 'right' },
  { title: 'Download', align: 'right' },
] as const;

/** The sizes of each kind, of the base image, of what was put onto it, and of both. */
export function originTable(platform: WeighedPlatform): string {
  const rows = originSizes(platform).map((sizes) => [describePart(sizes, platform.base.reference), ...cells(sizes)]);
  return table(columns, rows);
}

function describePart({ part, layers }: OriginSizes, reference: string | undefined): string {
  const layerCount = count(layers, 'layer');
  if (part !== 'base') return `${part === 'own' ? 'own' : '**all**'}, ${layerCount}`;
  const name = reference === undefined ? '' : ` ${escapeMarkdownCodeInTable(shorten(reference, cellLength))}`;
  return `base image${name}, ${layerCount}`;
}

function cells({ unpackedBytes, visibleBytes, wastedBytes, downloadBytes }: OriginSizes): string[] {
  const download = downloadBytes === null ? 'unknown' : formatBytes(downloadBytes);
  return [formatBytes(unpackedBytes), formatBytes(visibleBytes), formatBytes(wastedBytes), download];
}
