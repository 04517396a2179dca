import { formatBytes } from '../format-bytes.ts';
import type { WeighedPlatform } from '../report.ts';
import { contentsFacts } from '../view/contents-facts.ts';
import { layerInstruction, layerName } from '../view/layer-name.ts';
import { leftoverRows } from '../view/leftover-rows.ts';
import { shorten } from '../view/shorten.ts';
import { type Html, html, type Part } from './html.ts';
import { list, section } from './section.ts';
import { table } from './table.ts';

const columns = [
  { title: 'Bytes', align: 'right' },
  { title: 'What' },
  { title: 'Files', align: 'right' },
  { title: 'Where' },
  { title: 'Left by' },
] as const;
const maxNotes = 10;
const instructionLength = 200;

/** What is in the image in a few lines, and what could not be read of it. Nothing for a report that does not say. */
export function contentsPart(platform: WeighedPlatform): Html | undefined {
  const facts = contentsFacts(platform);
  if (facts.length === 0) return undefined;
  const items = facts.map(({ label, summary, paths }): Part => {
    const shown = paths.map((path, at) => html`${at === 0 ? ' ' : ', '}<code>${path}</code>`);
    return html`${label}: ${summary}${shown}`;
  });
  const notes = (platform.contents?.notes ?? []).slice(0, maxNotes).map((note): Part => html`Not read: ${note}`);
  return section('Contents', '', list([...items, ...notes]));
}

/** What a build left behind, with the layer and line that left it. Nothing when there is nothing. */
export function leftoversPart(platform: WeighedPlatform): Html | undefined {
  const rows = leftoverRows(platform);
  if (rows.length === 0) return undefined;
  const cells = rows.map(({ bytes, what, files, path, layer }): Part[] => [
    formatBytes(bytes),
    what,
    files,
    html`<code>${path}</code>`,
    layer === undefined
      ? ''
      : html`${layerName(layer)}: <code>${shorten(layerInstruction(layer), instructionLength)}</code>`,
  ]);
  const bytes = formatBytes(platform.contents?.leftovers.bytes ?? 0);
  return section('Leftovers', `${bytes} visible that running it seldom needs`, table(columns, cells));
}
