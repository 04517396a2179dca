import { UserError } from '../../user-error.ts';

/** An archive that cannot be read: exit 3, with the archive's name and the byte offset in the uncompressed tar. */
export function tarError(archive: string, offset: number, problem: string): UserError {
  return new UserError(`Reading ${archive}: ${problem} (at byte ${offset} of the tar)`, {
    exitCode: 3,
    hint: 'The archive is damaged or was cut off while it was written: build or save the image again.',
  });
}

/** A bound of ours was hit: exit 3, because the image may well be valid and we declined to read it. */
export function boundError(archive: string, problem: string): UserError {
  return new UserError(`Reading ${archive}: ${problem}`, {
    exitCode: 3,
    hint: 'This is a safety bound against hostile archives; no real image is known to reach it.',
  });
}

/** Thrown by field parsers; the scanner adds archive and offset. */
export class TarFormatError extends Error {
  override readonly name = 'TarFormatError';
}
