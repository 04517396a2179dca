import type { PackageDelta } from '../../compare/delta.ts';
import { escapeMarkdownCodeInTable } from '../../escape.ts';
import type { ImageReport, WeighedPlatform } from '../report.ts';
import { mostPackages, packageCounts, packagesByKind } from '../view/changed-packages.ts';
import { cellLength, shorten } from '../view/shorten.ts';
import { platformSuffix, section } from './section.ts';
import { table } from './table.ts';

const columns = [
  { title: 'Change' },
  { title: 'Type' },
  { title: 'Package' },
  { title: 'Before' },
  { title: 'After' },
] as const;

/** Packages that came, went or have another version. Empty where none did. */
export function packagesSection(platform: WeighedPlatform, image: ImageReport): string {
  const { delta } = platform;
  if (delta === undefined || delta.packages.length === 0) return '';
  const rows = packagesByKind(delta).slice(0, mostPackages).map(packageRow);
  const left = delta.packages.length - rows.length;
  if (left > 0) rows.push(['', '', `… and ${left} more`, '', '']);
  return section(`Packages${platformSuffix(platform, image)}`, packageCounts(delta), table(columns, rows));
}

function packageRow({ kind, type, name, before, after }: PackageDelta): string[] {
  return [kind, type, code(name), before === undefined ? '' : code(before), after === undefined ? '' : code(after)];
}

function code(text: string): string {
  return escapeMarkdownCodeInTable(shorten(text, cellLength));
}
