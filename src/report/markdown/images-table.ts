import { escapeMarkdownCodeInTable } from '../../escape.ts';
import { formatBytes } from '../format-bytes.ts';
import type { ImageReport, UnbuiltPlatform, WeighedPlatform } from '../report.ts';
import { isWeighed } from '../view/is-weighed.ts';
import { maxRows } from '../view/keep-most.ts';
import { table } from './table.ts';
import { verdictMark } from './verdict-mark.ts';

const columns = [
  { title: 'Verdict' },
  { title: 'Image' },
  { title: 'Platform' },
  { title: 'Unpacked', align: 'right' },
  { title: 'Change', align: 'right' },
  { title: 'Download', align: 'right' },
  { title: 'Change', align: 'right' },
] as const;

/** All images of a run at a glance, one row per platform. */
export function imagesTable(images: readonly ImageReport[]): string {
  const rows = images.flatMap(imageRows);
  const rest = rows.length > maxRows ? `\n\n… and ${rows.length - maxRows} more` : '';
  return table(columns, rows.slice(0, maxRows)) + rest;
}

function imageRows(image: ImageReport): string[][] {
  const start = [verdictMark(image.verdict), escapeMarkdownCodeInTable(image.name)];
  if (image.platforms.length === 0) return [[...start, '', 'none', '', '', '']];
  return image.platforms.map((platform) => [
    ...start,
    escapeMarkdownCodeInTable(platform.platform),
    ...sizeCells(platform),
  ]);
}

function sizeCells(platform: WeighedPlatform | UnbuiltPlatform): string[] {
  if (!isWeighed(platform)) return ['not built', '', '', ''];
  const { size, delta } = platform;
  return [
    formatBytes(size.unpackedBytes),
    changeCell(delta?.unpackedBytes),
    size.downloadBytes === null ? 'unknown' : formatBytes(size.downloadBytes),
    changeCell(delta?.downloadBytes),
  ];
}

function changeCell(bytes: number | null | undefined): string {
  return bytes === null || bytes === undefined ? '–' : formatBytes(bytes, { sign: true });
}
