import { escapeMarkdownCodeInTable } from '../../escape.ts';
import { formatBytes } from '../format-bytes.ts';
import type { ImageReport, UnbuiltPlatform, WeighedPlatform } from '../report.ts';
import { isWeighed } from '../view/is-weighed.ts';
import { keepMost } from '../view/keep-most.ts';
import { weighVerdict } from '../view/worst-first.ts';
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

/** All images of a run at a glance, one row per platform; of very many the `most` worst. */
export function imagesTable(images: readonly ImageReport[], most: number): string {
  const rows = images.flatMap((image) => imageRows(image).map((cells) => ({ cells, weight: weighVerdict(image) })));
  const { kept, left } = keepMost(rows, most, ({ weight }) => weight);
  if (kept.length === 0) return '';
  const rest = left.length > 0 ? `\n\n… and ${left.length} more` : '';
  return (
    table(
      columns,
      kept.map(({ cells }) => cells),
    ) + rest
  );
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
