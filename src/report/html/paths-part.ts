import type { FileDelta } from '../../compare/delta.ts';
import { formatBytes } from '../format-bytes.ts';
import type { WeighedPlatform } from '../report.ts';
import { changedPaths, pathChange, pathLayer } from '../view/changed-paths.ts';
import { count } from '../view/count.ts';
import { type Html, html, type Part } from './html.ts';
import { section } from './section.ts';
import { table } from './table.ts';

const columns = [
  { title: 'Bytes', align: 'right' },
  { title: 'What' },
  { title: 'Line', align: 'right' },
  { title: 'Path' },
] as const;

/** The paths that grew most, each with what happened to it and the line that did it. Nothing where none is known. */
export function pathsPart(platform: WeighedPlatform, most?: number): Html | undefined {
  const { delta } = platform;
  const changes = delta && changedPaths(delta, most);
  if (delta === undefined || changes === undefined || most === 0) return undefined;
  const { title, shown, left } = changes;
  const rows = shown.map((file) => pathRow(file, platform));
  if (left.count > 0) rows.push([signed(left.bytes), '', '', `… in ${count(left.count, 'other row')}`]);
  return section(title, `${signed(delta.visibleBytes)} visible in a container`, table(columns, rows));
}

function pathRow(file: FileDelta, platform: WeighedPlatform): Part[] {
  const { path, bytes, line, madeBy } = file;
  const at = madeBy?.line === undefined ? '' : `, line ${madeBy.line}`;
  const made = madeBy && html` made in <code>${madeBy.stage}</code>${at}`;
  return [signed(bytes), pathChange(file), line ?? pathLayer(file, platform), html`<code>${path}</code>${made}`];
}

function signed(bytes: number): string {
  return formatBytes(bytes, { sign: true });
}
