import { escapeTerminal } from '../../escape.ts';
import { formatBytes } from '../format-bytes.ts';
import type { WeighedPlatform } from '../report.ts';
import { maxRows } from '../view/keep-most.ts';
import { foldLayers, sumLayers } from '../view/layer-rows.ts';
import { shareBar } from '../view/share-bar.ts';
import { shorten } from '../view/shorten.ts';
import { alignColumns, type Cell } from './columns.ts';
import type { Screen } from './screen.ts';

const columns = [
  { title: 'UNPACKED', align: 'right' },
  { title: 'DOWNLOAD', align: 'right' },
  { title: 'SHARE' },
  { title: 'LINE', align: 'right' },
  { title: 'INSTRUCTION' },
] as const;
const barCells = 10;

/** The layers as a table: own ones first, largest on top, the base image in one row. */
export function layersLines(platform: WeighedPlatform, { paint, width }: Screen): string[] {
  const { own, base } = foldLayers(platform);
  const total = platform.size.unpackedBytes;
  const rows = own
    .slice(0, maxRows)
    .map((layer) => [
      ...sizeCells(layer, total),
      { text: layer.line === undefined ? '' : String(layer.line) },
      { text: escapeTerminal(shorten(layer.instruction, 200)) },
    ]);
  const left = own.slice(maxRows);
  if (left.length > 0) rows.push(sumRow(sumLayers(left), total, `… and ${left.length} more`));
  if (base !== undefined) rows.push(sumRow(base, total, baseTitle(base.count, base.reference)));
  return [paint('bold', 'Layers'), ...alignColumns(columns, rows, { paint, width })];
}

type Sum = ReturnType<typeof sumLayers>;

function sumRow(sum: Sum, total: number, title: string): Cell[] {
  return [...sizeCells(sum, total), { text: '' }, { text: escapeTerminal(title), style: 'dim' }];
}

function sizeCells({ unpackedBytes, downloadBytes }: Sum, total: number): Cell[] {
  return [
    { text: formatBytes(unpackedBytes) },
    { text: downloadBytes === null ? 'unknown' : formatBytes(downloadBytes) },
    { text: shareBar(unpackedBytes, total, barCells), style: 'code' },
  ];
}

function baseTitle(count: number, reference: string | undefined): string {
  const name = reference === undefined ? '' : ` ${reference}`;
  return `base image${name}, ${count} ${count === 1 ? 'layer' : 'layers'}`;
}
