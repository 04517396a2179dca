/** What a `206 Partial Content` holds (RFC 9110, 14.4): first and last byte, and the whole's size where it is told. */
export type ContentRange = { readonly first: number; readonly last: number; readonly total: number | null };

/** Reads a `Content-Range` header; null for one that is missing or makes no sense. */
export function parseContentRange(header: string | null): ContentRange | null {
  const match = /^bytes (\d{1,15})-(\d{1,15})\/(\d{1,15}|\*)$/i.exec(header?.trim() ?? '');
  if (!match) return null;
  const [, first, last, total] = match;
  const range = { first: Number(first), last: Number(last), total: total === '*' ? null : Number(total) };
  return range.first <= range.last && (range.total === null || range.last < range.total) ? range : null;
}
