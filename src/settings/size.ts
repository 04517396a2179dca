import { quote } from './quote.ts';

/** A size or growth that cannot be read; the message is one sentence that says what would be right. */
export class SizeError extends Error {
  override readonly name = 'SizeError';
}

/** Growth allowed against a baseline: an absolute number of bytes, or percent of the baseline. */
export type Growth = { readonly bytes: number } | { readonly percent: number };

const digits = '[0-9]+(?:_[0-9]+)*';
const longest = 64;

/** Regular expression (source) of a size with its unit; a bare number has no fraction, since bytes are whole. */
export const sizePattern = `^(?:${digits}|${digits}(?:\\.${digits})?[ \\t]*(?:B|[kKMG]B|[KMG]iB))$`;

/** Regular expression (source) of a percentage. */
export const percentPattern = `^${digits}(?:\\.${digits})?[ \\t]*%$`;

const bytesPerUnit: ReadonlyMap<string, bigint> = new Map([
  ['', 1n],
  ['B', 1n],
  ['kB', 1000n],
  ['KB', 1000n],
  ['MB', 1000n ** 2n],
  ['GB', 1000n ** 3n],
  ['KiB', 1024n],
  ['MiB', 1024n ** 2n],
  ['GiB', 1024n ** 3n],
]);

/** Whole bytes of `50MB` (10^6), `47.7MiB` (2^20), `1_500_000` or a bare number of bytes; throws SizeError. */
export function parseSize(text: string | number): number {
  const written = typeof text === 'number' ? String(text) : text.trim();
  if (written.length > longest || !new RegExp(sizePattern).test(written)) throw new SizeError(whyNotASize(written));
  const [, whole = '', fraction = '', unit = ''] = /^([0-9_]+)(?:\.([0-9_]+))?[ \t]*([A-Za-z]*)$/.exec(written) ?? [];
  const bytes = roundedBytes(withoutUnderscores(whole), withoutUnderscores(fraction), bytesPerUnit.get(unit) ?? 1n);
  if (bytes > BigInt(Number.MAX_SAFE_INTEGER)) {
    throw new SizeError(`${quote(written)} is too large for a size; the largest is 8388607GiB`);
  }
  return Number(bytes);
}

/** `5%` as percent of the baseline, any size as bytes; throws SizeError. */
export function parseGrowth(text: string | number): Growth {
  const written = typeof text === 'number' ? String(text) : text.trim();
  if (!written.endsWith('%')) return { bytes: parseSize(text) };
  if (written.length > longest || !new RegExp(percentPattern).test(written)) {
    throw new SizeError(`${quote(written)} is not a percentage; write a number and a percent sign, such as 5% or 0.5%`);
  }
  return { percent: Number(withoutUnderscores(written.slice(0, -1).trim())) };
}

/** Exact decimal arithmetic, half a byte rounded up: floating point would be off by one for some. */
function roundedBytes(whole: string, fraction: string, unit: bigint): bigint {
  const scale = 10n ** BigInt(fraction.length);
  return (2n * BigInt(whole + fraction) * unit + scale) / (2n * scale);
}

function withoutUnderscores(text: string): string {
  return text.replaceAll('_', '');
}

function whyNotASize(written: string): string {
  const shown = quote(written);
  if (written === '') return 'an empty text is not a size; write a number with a unit, such as 50MB or 47.7MiB';
  if (written.startsWith('-')) return `${shown} is below zero; a size is 0 or more, such as 50MB`;
  if (written.endsWith('%')) return `${shown} is a percentage, which only max-growth takes; write a size such as 50MB`;
  if (/^[0-9_]+\.[0-9_]+$/.test(written)) return `${shown} has no unit; write one, such as ${written}MB`;
  if (/^[0-9]+,[0-9]/.test(written)) return `${shown} has a comma; write 1.5MB for a fraction, 1_500_000 for thousands`;
  return unknownUnit(written) ?? `${shown} is not a size; write a number with a unit, such as 50MB or 47.7MiB`;
}

function unknownUnit(written: string): string | undefined {
  const [, number, prefix, isBinary] =
    /^([0-9]+(?:\.[0-9]+)?)[ \t]*([kmg])(i?)(?:b|bytes?)?$/i.exec(written.slice(0, longest)) ?? [];
  if (number === undefined || prefix === undefined) return undefined;
  const letter = prefix.toUpperCase();
  const power = { K: 1, M: 2, G: 3 }[letter] ?? 1;
  const binary = `${number}${letter}iB (2^${10 * power} bytes)`;
  const right = isBinary === '' ? `${number}${letter}B (10^${3 * power} bytes) or ${binary}` : binary;
  return `${quote(written)} has an unknown unit; write ${right}`;
}
