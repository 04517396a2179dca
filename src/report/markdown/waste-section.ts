import { escapeMarkdownCodeInTable } from '../../escape.ts';
import type { ProfileLayer } from '../../profile/profile.ts';
import { formatBytes } from '../format-bytes.ts';
import type { ImageReport, WeighedPlatform } from '../report.ts';
import { layerInstruction } from '../view/layer-name.ts';
import { ofLayer } from '../view/of-layer.ts';
import { cellLength, shorten } from '../view/shorten.ts';
import { groupWaste, wasteInFocus, wasteReason, wasteSummary } from '../view/waste-groups.ts';
import { type Links, lineLink } from './links.ts';
import { platformSuffix, section } from './section.ts';
import { table } from './table.ts';

const columns = [
  { title: 'Wasted', align: 'right' },
  { title: 'Why' },
  { title: 'Path' },
  { title: 'Held by' },
  { title: 'Hidden by' },
] as const;
const instructionLength = 50;

/** What is held and not visible, with the two lines that did it. Empty where nothing is wasted. */
export function wasteSection(platform: WeighedPlatform, image: ImageReport, links: Links | undefined): string {
  const wastedBytes = wasteInFocus(platform);
  if (wastedBytes === 0) return '';
  const { groups, restBytes } = groupWaste(platform, { wastedBytes, most: platform.waste.length });
  const rows = groups.flatMap(({ heldBy, hiddenBy, paths }) =>
    paths.map(({ bytes, reason, path }) => [
      formatBytes(bytes),
      wasteReason[reason],
      escapeMarkdownCodeInTable(shorten(path, cellLength)),
      makerCell(heldBy, image, links),
      heldBy === hiddenBy ? 'the same layer' : makerCell(hiddenBy, image, links),
    ]),
  );
  if (restBytes > 0) rows.push([formatBytes(restBytes), '', '… in other paths', '', '']);
  const title = `Waste${ofLayer(platform)}${platformSuffix(platform, image)}`;
  return section(title, `${formatBytes(wastedBytes)} ${wasteSummary(platform)}`, table(columns, rows));
}

function makerCell(layer: ProfileLayer | undefined, { dockerfile }: ImageReport, links: Links | undefined): string {
  if (layer === undefined) return '';
  const instruction = escapeMarkdownCodeInTable(shorten(layerInstruction(layer), instructionLength));
  const line = layer.line === undefined ? '' : `, line ${lineLink(links, dockerfile, layer.line)}`;
  return `layer ${layer.position}${line}: ${instruction}`;
}
