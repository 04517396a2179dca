import { escapeTerminal } from '../../escape.ts';
import { formatBytes } from '../format-bytes.ts';
import type { WeighedPlatform } from '../report.ts';
import { count } from '../view/count.ts';
import { type OriginSizes, originSizes } from '../view/origin-sizes.ts';
import { shareBar } from '../view/share-bar.ts';
import { alignColumns, type Cell } from './columns.ts';
import type { Screen } from './screen.ts';

const columns = [
  { title: 'UNPACKED', align: 'right' },
  { title: 'VISIBLE', align: 'right' },
  { title: 'WASTED', align: 'right' },
  { title: 'DOWNLOAD', align: 'right' },
  { title: 'SHARE' },
  { title: 'WHOSE' },
] as const;
const barCells = 10;
const narrow = 70;

/** The sizes of each kind, of the base image, of what was put onto it, and of both. */
export function originLines(platform: WeighedPlatform, { paint, width }: Screen): string[] {
  const isNarrow = width < narrow;
  const rows = originSizes(platform).map((sizes) => keepWide(originRow(sizes, platform, isNarrow), isNarrow));
  return [paint('bold', 'Sizes'), ...alignColumns(keepWide(columns, isNarrow), rows, { paint, width })];
}

function originRow(sizes: OriginSizes, { size, base }: WeighedPlatform, isNarrow: boolean): Cell[] {
  const { unpackedBytes, visibleBytes, wastedBytes, downloadBytes } = sizes;
  return [
    { text: formatBytes(unpackedBytes) },
    { text: formatBytes(visibleBytes) },
    wastedBytes === 0 ? { text: formatBytes(0), style: 'dim' } : { text: formatBytes(wastedBytes), style: 'near' },
    { text: downloadBytes === null ? 'unknown' : formatBytes(downloadBytes) },
    { text: shareBar(unpackedBytes, size.unpackedBytes, barCells), style: 'code' },
    {
      text: isNarrow ? sizes.part : escapeTerminal(describePart(sizes, base.reference)),
      ...(sizes.part === 'all' ? { style: 'bold' } : {}),
    },
  ];
}

function describePart({ part, layers }: OriginSizes, reference: string | undefined): string {
  const layerCount = count(layers, 'layer');
  if (part !== 'base') return `${part}, ${layerCount}`;
  return `base image, ${layerCount}${reference === undefined ? '' : `: ${reference}`}`;
}

/** The bar is the one thing that says nothing new. */
function keepWide<One>(cells: readonly One[], isNarrow: boolean): One[] {
  return cells.filter((_, at) => !(isNarrow && at === 4));
}
