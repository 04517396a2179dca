import { escapeMarkdownCodeInTable } from '../../escape.ts';
import type { ProfileLayer } from '../../profile/profile.ts';
import { formatBytes } from '../format-bytes.ts';
import type { ImageReport, WeighedPlatform } from '../report.ts';
import { count } from '../view/count.ts';
import { keepMost } from '../view/keep-most.ts';
import { layerInstruction } from '../view/layer-name.ts';
import { sumLayers } from '../view/layer-rows.ts';
import { cellLength, shorten } from '../view/shorten.ts';
import { type Links, lineLink } from './links.ts';
import { section } from './section.ts';
import { table } from './table.ts';

const columns = [
  { title: '#', align: 'right' },
  { title: 'Unpacked', align: 'right' },
  { title: 'Download', align: 'right' },
  { title: 'Wasted', align: 'right' },
  { title: 'Hides', align: 'right' },
  { title: 'From' },
  { title: 'Line', align: 'right' },
  { title: 'Instruction' },
] as const;
const maxRows = 130;

/** Every layer where it stands, base first; of very many the heaviest. */
export function layerTableSection(platform: WeighedPlatform, image: ImageReport, links: Links | undefined): string {
  const { layers } = platform;
  const { kept, left } = keepMost(layers, maxRows, ({ unpackedBytes }) => unpackedBytes);
  const rows = kept.map((layer) => layerRow(layer, image, links));
  if (left.length > 0) {
    const title = `… and ${count(left.length, 'smaller layer')}`;
    rows.push(['', formatBytes(sumLayers(left).unpackedBytes), '', '', '', '', '', title]);
  }
  return section('Layers', count(layers.length, 'layer'), table(columns, rows));
}

function layerRow(layer: ProfileLayer, { dockerfile }: ImageReport, links: Links | undefined): string[] {
  const { position, unpackedBytes, downloadBytes, wastedBytes, hidesBytes, origin, line } = layer;
  return [
    String(position),
    formatBytes(unpackedBytes),
    downloadBytes === null ? 'unknown' : formatBytes(downloadBytes),
    wastedBytes === 0 ? '' : formatBytes(wastedBytes),
    hidesBytes === 0 ? '' : formatBytes(hidesBytes),
    origin === 'unknown' ? '' : origin,
    lineLink(links, dockerfile, line),
    escapeMarkdownCodeInTable(shorten(layerInstruction(layer), cellLength)),
  ];
}
