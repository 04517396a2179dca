import type { WeighedPlatform } from '../report.ts';

/** Why a number that a reader expects is not there: the notes of a size without download, of a delta without a part. */
export function missingNumbers({ size, delta }: Pick<WeighedPlatform, 'size' | 'delta'>): string[] {
  const ofSize = size.downloadBytes === null ? size.notes : [];
  const lacksPart = delta !== undefined && (delta.downloadBytes === null || delta.base === null || delta.own === null);
  return [...new Set([...ofSize, ...(lacksPart ? delta.notes : [])])];
}

/** The notes of a delta that do not stand in the lead already. */
export function remainingDeltaNotes(platform: Pick<WeighedPlatform, 'size' | 'delta'>): string[] {
  const shown = new Set(missingNumbers(platform));
  return (platform.delta?.notes ?? []).filter((note) => !shown.has(note));
}
