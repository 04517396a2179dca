import { formatBytes } from '../format-bytes.ts';
import type { WeighedPlatform } from '../report.ts';
import { count } from '../view/count.ts';
import { keepMost } from '../view/keep-most.ts';
import { layerInstruction } from '../view/layer-name.ts';
import { sumLayers } from '../view/layer-rows.ts';
import { shorten } from '../view/shorten.ts';
import { type Html, html, type Part } from './html.ts';
import { bar, section } from './section.ts';
import { table } from './table.ts';

const columns = [
  { title: '#', align: 'right' },
  { title: 'Unpacked', align: 'right' },
  { title: 'Share' },
  { title: 'Download', align: 'right' },
  { title: 'Wasted', align: 'right' },
  { title: 'Hides', align: 'right' },
  { title: 'From' },
  { title: 'Line', align: 'right' },
  { title: 'Instruction' },
] as const;
const maxRows = 500;
const instructionLength = 500;

/** Every layer where it stands, base first; of very many the heaviest. */
export function layersPart({ layers, size }: WeighedPlatform): Html {
  const { kept, left } = keepMost(layers, maxRows, ({ unpackedBytes }) => unpackedBytes);
  const rows = kept.map((layer): Part[] => [
    layer.position,
    formatBytes(layer.unpackedBytes),
    bar(layer.unpackedBytes, size.unpackedBytes),
    layer.downloadBytes === null ? 'unknown' : formatBytes(layer.downloadBytes),
    layer.wastedBytes === 0 ? '' : formatBytes(layer.wastedBytes),
    layer.hidesBytes === 0 ? '' : formatBytes(layer.hidesBytes),
    layer.origin,
    layer.line,
    html`<code>${shorten(layerInstruction(layer), instructionLength)}</code>`,
  ]);
  const rest = html`<p>… and ${count(left.length, 'smaller layer')}, ${formatBytes(sumLayers(left).unpackedBytes)}</p>\n`;
  return section('Layers', count(layers.length, 'layer'), [table(columns, rows), left.length > 0 ? rest : undefined]);
}
