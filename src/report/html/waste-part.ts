import type { ProfileLayer } from '../../profile/profile.ts';
import { formatBytes } from '../format-bytes.ts';
import type { WeighedPlatform } from '../report.ts';
import { layerInstruction, layerName } from '../view/layer-name.ts';
import { ofLayer } from '../view/of-layer.ts';
import { shorten } from '../view/shorten.ts';
import { groupWaste, wasteInFocus, wasteReason, wasteSummary } from '../view/waste-groups.ts';
import { type Html, html, type Part } from './html.ts';
import { section } from './section.ts';
import { table } from './table.ts';

const columns = [
  { title: 'Wasted', align: 'right' },
  { title: 'Why' },
  { title: 'Path' },
  { title: 'Held by' },
  { title: 'Hidden by' },
] as const;
const instructionLength = 200;

/** What is held and not visible, with the two lines that did it. Nothing where nothing is wasted. */
export function wastePart(platform: WeighedPlatform): Html | undefined {
  const wastedBytes = wasteInFocus(platform);
  if (wastedBytes === 0) return undefined;
  const { groups, restBytes } = groupWaste(platform, { wastedBytes, most: platform.waste.length });
  const rows = groups.flatMap(({ heldBy, hiddenBy, paths }) =>
    paths.map(({ bytes, reason, path }): Part[] => [
      formatBytes(bytes),
      wasteReason[reason],
      html`<code>${path}</code>`,
      maker(heldBy),
      heldBy === hiddenBy ? 'the same layer' : maker(hiddenBy),
    ]),
  );
  if (restBytes > 0) rows.push([formatBytes(restBytes), '', '… in other paths', '', '']);
  const title = `Waste${ofLayer(platform)}`;
  return section(title, `${formatBytes(wastedBytes)} ${wasteSummary(platform)}`, table(columns, rows));
}

function maker(layer: ProfileLayer | undefined): Part {
  if (layer === undefined) return '';
  return html`${layerName(layer)}: <code>${shorten(layerInstruction(layer), instructionLength)}</code>`;
}
