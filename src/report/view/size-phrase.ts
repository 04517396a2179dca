import { formatBytes } from '../format-bytes.ts';
import type { WeighedPlatform } from '../report.ts';

/** `58.1 MB unpacked (+1.2 MB) · 21.3 MB download (+402.1 kB)`; without a comparison the sizes alone. */
export function sizePhrase({ size, delta }: Pick<WeighedPlatform, 'size' | 'delta'>): string {
  const unpacked = `${formatBytes(size.unpackedBytes)} unpacked${change(delta?.unpackedBytes)}`;
  return `${unpacked} · ${downloadPhrase(size.downloadBytes, delta?.downloadBytes)}`;
}

function downloadPhrase(bytes: number | null, delta: number | null | undefined): string {
  if (bytes === null) return 'download size unknown';
  return `${formatBytes(bytes)} download${delta === null ? ' (not compared)' : change(delta)}`;
}

function change(bytes: number | null | undefined): string {
  return bytes === null || bytes === undefined ? '' : ` (${formatBytes(bytes, { sign: true })})`;
}
