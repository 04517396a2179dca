import { formatBytes } from '../format-bytes.ts';
import type { WeighedPlatform } from '../report.ts';
import { count } from '../view/count.ts';
import { type OriginSizes, originSizes } from '../view/origin-sizes.ts';
import { type Html, html, type Part } from './html.ts';
import { bar, section } from './section.ts';
import { table } from './table.ts';

const columns = [
  { title: 'Whose' },
  { title: 'Unpacked', align: 'right' },
  { title: 'Visible', align: 'right' },
  { title: 'Wasted', align: 'right' },
  { title: 'Download', align: 'right' },
  { title: 'Share of unpacked' },
] as const;

/** The sizes of each kind, of the base image, of what was put onto it, and of both. */
export function originsPart(platform: WeighedPlatform): Html {
  const rows = originSizes(platform).map((sizes): Part[] => [
    describePart(sizes, platform.base.reference),
    ...[sizes.unpackedBytes, sizes.visibleBytes, sizes.wastedBytes].map((bytes) => formatBytes(bytes)),
    sizes.downloadBytes === null ? 'unknown' : formatBytes(sizes.downloadBytes),
    bar(sizes.unpackedBytes, platform.size.unpackedBytes),
  ]);
  return section('Sizes', '', table(columns, rows));
}

function describePart({ part, layers }: OriginSizes, reference: string | undefined): Html {
  const layerCount = count(layers, 'layer');
  if (part !== 'base') return html`${part}, ${layerCount}`;
  return html`base image${reference === undefined ? undefined : html` <code>${reference}</code>`}, ${layerCount}`;
}
