import { escapeTerminal } from '../../escape.ts';
import type { ProfileLayer } from '../../profile/profile.ts';
import { formatBytes } from '../format-bytes.ts';
import type { WeighedPlatform } from '../report.ts';
import { count } from '../view/count.ts';
import { keepMost } from '../view/keep-most.ts';
import { layerInstruction } from '../view/layer-name.ts';
import { sumLayers } from '../view/layer-rows.ts';
import { shareBar } from '../view/share-bar.ts';
import { shorten } from '../view/shorten.ts';
import { alignColumns, type Cell, type TextColumn } from './columns.ts';
import type { Screen } from './screen.ts';

/** Every layer where it stands; `from` is the width of the terminal from which on there is room for the column. */
type LayerColumn = TextColumn & { readonly from: number; readonly cell: (layer: ProfileLayer, total: number) => Cell };

const columns: readonly LayerColumn[] = [
  { title: '#', align: 'right', from: 0, cell: ({ position }) => ({ text: String(position), style: 'dim' }) },
  { title: 'UNPACKED', align: 'right', from: 0, cell: ({ unpackedBytes }) => ({ text: formatBytes(unpackedBytes) }) },
  {
    title: 'DOWNLOAD',
    align: 'right',
    from: 76,
    cell: ({ downloadBytes }) => ({ text: sizeOrUnknown(downloadBytes) }),
  },
  {
    title: 'WASTED',
    align: 'right',
    from: 60,
    cell: ({ wastedBytes }) => ({ ...sizeOrNothing(wastedBytes), style: 'near' }),
  },
  { title: 'HIDES', align: 'right', from: 100, cell: ({ hidesBytes }) => sizeOrNothing(hidesBytes) },
  {
    title: 'SHARE',
    from: 88,
    cell: ({ unpackedBytes }, total) => ({ text: shareBar(unpackedBytes, total, 8), style: 'code' }),
  },
  { title: 'FROM', from: 66, cell: ({ origin }) => ({ text: origin === 'unknown' ? '' : origin, style: 'dim' }) },
  { title: 'LINE', align: 'right', from: 0, cell: ({ line }) => ({ text: line === undefined ? '' : String(line) }) },
  {
    title: 'INSTRUCTION',
    from: 0,
    cell: (layer) => ({ text: escapeTerminal(shorten(layerInstruction(layer), 300)) }),
  },
];
/** An ordinary image has fewer than half of that; one may have ten thousand. */
const maxRows = 130;

/** All layers, base first, with their position; of very many the heaviest. */
export function layerTableLines({ layers, size }: WeighedPlatform, { paint, width }: Screen): string[] {
  if (layers.length === 0) return [];
  const shown = columns.filter(({ title, from }) => width >= from && !isEmpty(title, layers));
  const { kept, left } = keepMost(layers, maxRows, ({ unpackedBytes }) => unpackedBytes);
  const rows = kept.map((layer) => shown.map(({ cell }) => cell(layer, size.unpackedBytes)));
  const rest =
    left.length === 0
      ? []
      : [paint('dim', `  … and ${count(left.length, 'smaller layer')}, ${formatBytes(sumLayers(left).unpackedBytes)}`)];
  return [paint('bold', 'Layers'), ...alignColumns(shown, rows, { paint, width }), ...rest];
}

/** A column that says nothing about any layer is left out. */
function isEmpty(title: string, layers: readonly ProfileLayer[]): boolean {
  switch (title) {
    case 'LINE':
      return layers.every(({ line }) => line === undefined);
    case 'FROM':
      return layers.every(({ origin }) => origin === 'unknown');
    case 'WASTED':
      return layers.every(({ wastedBytes }) => wastedBytes === 0);
    case 'HIDES':
      return layers.every(({ hidesBytes }) => hidesBytes === 0);
    default:
      return false;
  }
}

function sizeOrUnknown(bytes: number | null): string {
  return bytes === null ? 'unknown' : formatBytes(bytes);
}

function sizeOrNothing(bytes: number): Cell {
  return { text: bytes === 0 ? '' : formatBytes(bytes) };
}
