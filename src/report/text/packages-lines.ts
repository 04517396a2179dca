import type { PackageDelta } from '../../compare/delta.ts';
import { escapeTerminal } from '../../escape.ts';
import type { WeighedPlatform } from '../report.ts';
import { mostPackages, packageCounts, packagesByKind } from '../view/changed-packages.ts';
import { shorten } from '../view/shorten.ts';
import { alignColumns, type Cell } from './columns.ts';
import type { Screen } from './screen.ts';

const columns = [{ title: 'CHANGE' }, { title: 'TYPE' }, { title: 'PACKAGE' }, { title: 'VERSION' }] as const;

/** Packages that came, went or have another version. Empty where none did. */
export function packagesLines({ delta }: WeighedPlatform, { paint, width }: Screen): string[] {
  if (delta === undefined || delta.packages.length === 0) return [];
  const rows = packagesByKind(delta).slice(0, mostPackages).map(packageRow);
  const left = delta.packages.length - rows.length;
  const rest = left === 0 ? [] : [paint('dim', `  … and ${left} more: --format json has them all`)];
  const title = paint('bold', 'Packages') + paint('dim', `  ${packageCounts(delta)}`);
  return [title, ...alignColumns(columns, rows, { paint, width }), ...rest];
}

function packageRow({ kind, type, name, before, after }: PackageDelta): Cell[] {
  const versions = [before, after].filter((version) => version !== undefined).map((version) => shorten(version, 60));
  return [
    { text: kind },
    { text: type, style: 'dim' },
    { text: escapeTerminal(shorten(name, 100)) },
    { text: escapeTerminal(versions.join(' → ')) },
  ];
}
