import { formatBytes } from '../format-bytes.ts';
import type { WeighedPlatform } from '../report.ts';
import { ownTitle } from '../view/own-word.ts';
import { sizeChanges } from '../view/size-changes.ts';
import { table } from './table.ts';

/** The four sizes before and after; the parts of base image and own lines add up to the change. */
export function sizeChangesTable(platform: WeighedPlatform): string {
  const columns = [
    { title: 'Size' },
    ...['Before', 'After', 'Change', 'Base image', ownTitle(platform)].map((title) => ({
      title,
      align: 'right' as const,
    })),
  ];
  const rows = sizeChanges(platform).map(({ name, before, after, change, base, own }) => [
    name,
    plain(before),
    plain(after),
    signed(change),
    signed(base),
    signed(own),
  ]);
  return table(columns, rows);
}

function plain(bytes: number | null): string {
  return bytes === null ? 'unknown' : formatBytes(bytes);
}

function signed(bytes: number | null): string {
  return bytes === null ? '–' : formatBytes(bytes, { sign: true });
}
