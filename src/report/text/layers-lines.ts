import { escapeTerminal } from '../../escape.ts';
import { formatBytes } from '../format-bytes.ts';
import type { WeighedPlatform } from '../report.ts';
import { maxRows } from '../view/keep-most.ts';
import { foldLayers, sumLayers } from '../view/layer-rows.ts';
import { shorten } from '../view/shorten.ts';
import { alignColumns, type Cell } from './columns.ts';
import type { Paint } from './paint.ts';
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
  return [title(platform, paint), ...alignColumns(columns, rows, { paint, width })];
}

function title({ size }: WeighedPlatform, paint: Paint): string {
  const waste =
    size.wastedBytes === 0 ? '' : `  ${formatBytes(size.wastedBytes)} of them wasted: held, but hidden by later layers`;
  return paint('bold', 'Layers') + paint('dim', waste);
}

type Sum = ReturnType<typeof sumLayers>;

function sumRow(sum: Sum, total: number, title: string): Cell[] {
  return [...sizeCells(sum, total), { text: '' }, { text: escapeTerminal(title), style: 'dim' }];
}

function sizeCells({ unpackedBytes, downloadBytes }: Sum, total: number): Cell[] {
  return [
    { text: formatBytes(unpackedBytes) },
    { text: downloadBytes === null ? 'unknown' : formatBytes(downloadBytes) },
    { text: shareBar(total === 0 ? 0 : unpackedBytes / total), style: 'code' },
  ];
}

/** Eighths of a cell, so that small layers still differ. */
function shareBar(share: number): string {
  const eighths = Math.round(share * barCells * 8);
  const rest = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'][eighths % 8] ?? '';
  return '█'.repeat(Math.floor(eighths / 8)) + rest;
}

function baseTitle(count: number, reference: string | undefined): string {
  const name = reference === undefined ? '' : ` ${reference}`;
  return `base image${name}, ${count} ${count === 1 ? 'layer' : 'layers'}`;
}
