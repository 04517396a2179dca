import { escapeTerminal } from '../../escape.ts';
import type { ProfileLayer } from '../../profile/profile.ts';
import { formatBytes } from '../format-bytes.ts';
import type { WeighedPlatform } from '../report.ts';
import { layerInstruction, layerName } from '../view/layer-name.ts';
import { ofLayer } from '../view/of-layer.ts';
import { shorten } from '../view/shorten.ts';
import { groupWaste, type WasteGroup, wasteInFocus, wasteReason, wasteSummary } from '../view/waste-groups.ts';
import { alignColumns, type Cell } from './columns.ts';
import { truncate } from './display-width.ts';
import type { Screen } from './screen.ts';

const columns = [{ title: '', align: 'right' }, { title: '' }, { title: '' }] as const;

/** What is held and not visible, by the two layers that did it, the `most` largest paths. Empty where nothing is wasted. */
export function wasteLines(platform: WeighedPlatform, screen: Screen, most: number): string[] {
  const wastedBytes = wasteInFocus(platform);
  if (wastedBytes === 0) return [];
  const { groups, restBytes } = groupWaste(platform, { wastedBytes, most });
  const { paint } = screen;
  const sum = `  ${formatBytes(wastedBytes)} ${wasteSummary(platform)}`;
  const widest = groups.reduce((width, { bytes }) => Math.max(width, formatBytes(bytes).length), 0);
  const rest = restBytes === 0 ? [] : [paint('dim', `  … and ${formatBytes(restBytes)} in other paths`)];
  return [
    paint('bold', `Waste${ofLayer(platform)}`) + paint('dim', sum),
    ...groups.flatMap((group) => groupLines(group, widest, screen)),
    ...rest,
  ];
}

function groupLines(
  { heldBy, hiddenBy, bytes, paths }: WasteGroup,
  widest: number,
  { paint, width }: Screen,
): string[] {
  const indent = ' '.repeat(widest + 4);
  const makers =
    hiddenBy === heldBy
      ? [makerLine('twice in', heldBy)]
      : [makerLine('held by', heldBy), makerLine('hidden by', hiddenBy)];
  const [first = '', ...others] = makers.map((line) => truncate(line, width - indent.length));
  const rows = paths.map((path): Cell[] => [
    { text: formatBytes(path.bytes) },
    { text: wasteReason[path.reason], style: 'dim' },
    { text: escapeTerminal(path.path) },
  ]);
  return [
    `  ${paint('near', formatBytes(bytes).padStart(widest))}  ${first}`,
    ...others.map((line) => indent + line),
    ...alignColumns(columns, rows, { paint, width, indent: `${indent}  ` }),
  ];
}

function makerLine(role: string, layer: ProfileLayer | undefined): string {
  if (layer === undefined) return role;
  const instruction = escapeTerminal(shorten(layerInstruction(layer), 200));
  return `${role.padEnd(9)}  ${layerName(layer)}  ${instruction}`;
}
