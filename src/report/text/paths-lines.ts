import type { FileDelta } from '../../compare/delta.ts';
import { escapeTerminal } from '../../escape.ts';
import { formatBytes } from '../format-bytes.ts';
import type { WeighedPlatform } from '../report.ts';
import { changedPaths, mostPaths, pathChange, pathLayer } from '../view/changed-paths.ts';
import { count } from '../view/count.ts';
import { shortenPath } from '../view/shorten-path.ts';
import { alignColumns, type Cell } from './columns.ts';
import type { Screen } from './screen.ts';

const columns = [
  { title: 'BYTES', align: 'right' },
  { title: 'WHAT' },
  { title: 'LINE', align: 'right' },
  { title: 'PATH' },
] as const;
/** What the other columns take as a rule. */
const beforePath = 32;

/** The paths that grew most, each with what happened to it and the line that did it. Empty where none is known. */
export function pathsLines(platform: WeighedPlatform, { paint, width, paths = mostPaths }: Screen): string[] {
  const { delta } = platform;
  const changes = delta && changedPaths(delta, paths);
  if (delta === undefined || changes === undefined || paths === 0) return [];
  const { title, shown, left } = changes;
  const rows = shown.map((file) => pathRow(file, platform, width - beforePath));
  const rest = left.count === 0 ? [] : [`  … and ${signed(left.bytes)} in ${count(left.count, 'other row')}`];
  return [
    paint('bold', title) + paint('dim', `  ${signed(delta.visibleBytes)} visible in a container`),
    ...alignColumns(columns, rows, { paint, width }),
    ...rest.map((line) => paint('dim', line)),
  ];
}

function pathRow(file: FileDelta, platform: WeighedPlatform, length: number): Cell[] {
  const { path, bytes, line, madeBy } = file;
  const at = madeBy?.line === undefined ? '' : `:${madeBy.line}`;
  const made = madeBy === undefined ? '' : `  from ${madeBy.stage}${at}`;
  return [
    { text: signed(bytes), ...(bytes > 0 ? { style: 'near' as const } : bytes < 0 ? { style: 'pass' as const } : {}) },
    { text: pathChange(file) },
    { text: line === undefined ? pathLayer(file, platform) : String(line) },
    { text: escapeTerminal(shortenPath(path, Math.max(20, length - made.length)) + made) },
  ];
}

function signed(bytes: number): string {
  return formatBytes(bytes, { sign: true });
}
