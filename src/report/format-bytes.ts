const units = [
  { name: 'kB', bytes: 1e3, digits: 1 },
  { name: 'MB', bytes: 1e6, digits: 1 },
  { name: 'GB', bytes: 1e9, digits: 2 },
  { name: 'TB', bytes: 1e12, digits: 2 },
] as const;

/** Bytes for people, decimal units: `999 B`, `58.1 MB`, `1.20 GB`; with `sign`: `+21.4 MB`, `−3.0 kB`, `±0 B`. */
export function formatBytes(bytes: number, options: { readonly sign?: boolean } = {}): string {
  return signOf(bytes, options.sign ?? false) + formatMagnitude(Math.abs(bytes));
}

function signOf(bytes: number, always: boolean): string {
  if (bytes < 0) return '−';
  if (!always) return '';
  return bytes === 0 ? '±' : '+';
}

function formatMagnitude(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  const unit = units.find(({ bytes: one, digits }) => Number((bytes / one).toFixed(digits)) < 1000) ?? units[3];
  return `${(bytes / unit.bytes).toFixed(unit.digits)} ${unit.name}`;
}
