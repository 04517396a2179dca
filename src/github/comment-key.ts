import { createHash } from 'node:crypto';

/** A key that cannot end the HTML comment that it stands in: others become a readable part and a hash of the whole. */
export function commentKey(key: string): string {
  if (/^[A-Za-z0-9._-]{1,64}$/.test(key)) return key;
  const readable = key
    .replace(/[^A-Za-z0-9._-]+/g, '-')
    .slice(0, 51)
    .replace(/^-+|-+$/g, '');
  const hash = createHash('sha256').update(key).digest('hex').slice(0, 12);
  return readable === '' ? hash : `${readable}-${hash}`;
}
