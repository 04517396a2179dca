import type { PackageDelta } from '../../compare/delta.ts';
import type { WeighedPlatform } from '../report.ts';
import { packageCounts, packagesByKind } from '../view/changed-packages.ts';
import { type Html, html, type Part } from './html.ts';
import { section } from './section.ts';
import { table } from './table.ts';

const columns = [
  { title: 'Change' },
  { title: 'Type' },
  { title: 'Package' },
  { title: 'Before' },
  { title: 'After' },
] as const;
const maxRows = 500;

/** Packages that came, went or have another version. Nothing where none did. */
export function packagesPart({ delta }: WeighedPlatform): Html | undefined {
  if (delta === undefined || delta.packages.length === 0) return undefined;
  const rows = packagesByKind(delta).slice(0, maxRows).map(packageRow);
  const left = delta.packages.length - rows.length;
  if (left > 0) rows.push(['', '', `… and ${left} more`, '', '']);
  return section('Packages', packageCounts(delta), table(columns, rows));
}

function packageRow({ kind, type, name, before, after }: PackageDelta): Part[] {
  return [kind, type, html`<code>${name}</code>`, before, after];
}
