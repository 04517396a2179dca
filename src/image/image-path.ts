import { isUtf8 } from 'node:buffer';

/** Text of the bytes with nothing lost: a backslash is doubled, a byte that is not UTF-8 becomes `\xHH`. */
export function textFromBytes(bytes: Buffer): string {
  if (isPlainAscii(bytes)) return bytes.toString('latin1');
  if (isUtf8(bytes)) return bytes.toString('utf8').replaceAll('\\', '\\\\');
  return escapeInvalidBytes(bytes);
}

/** A name from a tar as ImagePath; `climbed` when its `..` led above the root, where engines clamp or refuse it. */
export function imagePath(name: string): { readonly path: string; readonly climbed: boolean } {
  if (isNormal(name)) return { path: name, climbed: false };
  const parts: string[] = [];
  let climbed = false;
  for (const part of name.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') parts.push(part);
    else if (parts.pop() === undefined) climbed = true;
  }
  return { path: parts.join('/'), climbed };
}

/** Directory part of an ImagePath; '' for a name directly under the root. */
export function parentOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

/** Last component of an ImagePath. */
export function baseNameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

function isNormal(name: string): boolean {
  return name !== '' && !oddComponent.test(name);
}

const oddComponent = /(?:^|\/)\.{0,2}(?:\/|$)/;

function isPlainAscii(bytes: Buffer): boolean {
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i] ?? 0;
    if (byte >= 0x80 || byte === backslash) return false;
  }
  return true;
}

const backslash = 0x5c;

function escapeInvalidBytes(bytes: Buffer): string {
  let text = '';
  let at = 0;
  while (at < bytes.length) {
    const length = sequenceLength(bytes, at);
    const part = bytes.subarray(at, at + length);
    if (part[0] === backslash) text += '\\\\';
    else if (isUtf8(part)) text += part.toString('utf8');
    else text += `\\x${part.toString('hex').toUpperCase()}`;
    at += length;
  }
  return text;
}

/** Bytes of the well-formed UTF-8 sequence at this place, or 1. */
function sequenceLength(bytes: Buffer, at: number): number {
  const lead = bytes[at] ?? 0;
  const wanted = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : lead >= 0xc0 ? 2 : 1;
  return at + wanted <= bytes.length && isUtf8(bytes.subarray(at, at + wanted)) ? wanted : 1;
}
