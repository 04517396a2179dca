import type { Delta } from '../../compare/delta.ts';
import type { LineChange } from '../../compare/line-changes.ts';
import { escapeMarkdown, escapeMarkdownCodeInTable } from '../../escape.ts';
import { formatBytes } from '../format-bytes.ts';
import type { ImageReport, WeighedPlatform } from '../report.ts';
import { type Changes, summariseChanges } from '../view/changes.ts';
import { compared } from '../view/compared.ts';
import { count } from '../view/count.ts';
import { maxRows } from '../view/keep-most.ts';
import { layerPlace } from '../view/layer-name.ts';
import { remainingDeltaNotes } from '../view/missing-numbers.ts';
import { cellLength, shorten } from '../view/shorten.ts';
import { type Links, lineLink } from './links.ts';
import { platformSuffix, section } from './section.ts';
import { sizeChangesTable } from './size-changes-table.ts';
import { table } from './table.ts';

const layerColumns = [
  { title: 'Unpacked', align: 'right' },
  { title: 'Change' },
  { title: 'Line', align: 'right' },
  { title: 'Instruction' },
] as const;
const configColumns = [{ title: 'Configuration' }, { title: 'Before' }, { title: 'After' }] as const;

/** What changed against the baseline: layers, then configuration. Empty where nothing did: the lead says so in one line. */
export function changesSection(platform: WeighedPlatform, image: ImageReport, links: Links | undefined): string {
  const { delta } = platform;
  if (delta === undefined) return '';
  const changes = summariseChanges(delta);
  if (changes.isEmpty) return '';
  const sizes = compared(image) === undefined ? sizeChangesTable(platform) : '';
  const body = [sizes, layersTable(changes, delta, image, links), configTable(delta), notesList(platform)];
  const title = `What changed${platformSuffix(platform, image)}`;
  return section(title, summary(changes, delta), body.filter((block) => block !== '').join('\n\n'));
}

function summary({ lines, base }: Changes, { unpackedBytes, config }: Delta): string {
  const parts = [`${formatBytes(unpackedBytes, { sign: true })} unpacked`];
  if (lines.length > 0) parts.push(count(lines.length, 'line'));
  if (base !== undefined) parts.push('base image');
  if (config.length > 0) parts.push(count(config.length, 'setting'));
  return parts.join(', ');
}

function layersTable(changes: Changes, delta: Delta, image: ImageReport, links: Links | undefined): string {
  const rows = changes.lines.slice(0, maxRows).map((layer) => layerRow(layer, image, links));
  const left = changes.lines.slice(maxRows);
  if (left.length > 0) rows.push([signed(sumOf(left)), '', '', `… and ${left.length} more`]);
  if (changes.base !== undefined) rows.push(baseRow(changes.base, delta));
  return rows.length === 0 ? 'All layers are the same.' : table(layerColumns, rows);
}

function layerRow(layer: LineChange, { dockerfile }: ImageReport, links: Links | undefined): string[] {
  // A removed layer's line is one of the baseline's Dockerfile, which a link would miss.
  const line = layer.kind === 'removed' ? '' : lineLink(links, dockerfile, layer.line) || layerPlace(layer);
  return [signed(layer.bytes), layer.kind, line, escapeMarkdownCodeInTable(shorten(layer.instruction, cellLength))];
}

function baseRow({ count: layers, bytes }: NonNullable<Changes['base']>, { baseChange }: Delta): string[] {
  const kind = baseChange === 'moved' || baseChange === 'replaced' ? baseChange : 'changed';
  return [signed(bytes), kind, '', `**Base image**, ${count(layers, 'layer')} changed`];
}

function configTable({ config }: Delta): string {
  if (config.length === 0) return '';
  const rows = config
    .slice(0, maxRows)
    .map(({ key, before, after }) => [escapeMarkdownCodeInTable(key), value(before), value(after)]);
  if (config.length > maxRows) rows.push([`… and ${config.length - maxRows} more`, '', '']);
  return table(configColumns, rows);
}

function value(text: string | null): string {
  return text === null ? 'none' : escapeMarkdownCodeInTable(shorten(text, cellLength));
}

function notesList(platform: WeighedPlatform): string {
  return remainingDeltaNotes(platform)
    .map((note) => `- ${escapeMarkdown(note)}`)
    .join('\n');
}

function signed(bytes: number): string {
  return formatBytes(bytes, { sign: true });
}

function sumOf(layers: readonly LineChange[]): number {
  return layers.reduce((sum, layer) => sum + layer.bytes, 0);
}
