/** A bar of up to `cells` cells in eighths, so that small parts still differ. */
export function shareBar(part: number, whole: number, cells: number): string {
  const share = whole <= 0 ? 0 : Math.min(1, part / whole);
  const eighths = Math.round(share * cells * 8);
  const rest = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'][eighths % 8] ?? '';
  return '█'.repeat(Math.floor(eighths / 8)) + rest;
}
