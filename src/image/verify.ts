import { createHash } from 'node:crypto';
import { UserError } from '../user-error.ts';
import { type Digest, digestFromHex } from './digest.ts';
import type { Descriptor } from './manifest.ts';

/** Digest of bytes that are in memory. */
export function digestOf(bytes: Buffer): Digest {
  return digestFromHex(createHash('sha256').update(bytes).digest('hex'));
}

/** Throws (exit 3) unless what was read has the size and digest that its descriptor promised; `name` says what it is. */
export function verifyBlob(
  name: string,
  promised: Pick<Descriptor, 'digest' | 'size'>,
  read: { digest: Digest; bytes: number },
): void {
  if (read.bytes !== promised.size) throw mismatch(name, `${promised.size} bytes`, `${read.bytes} bytes`);
  if (read.digest !== promised.digest) throw mismatch(name, promised.digest, read.digest);
}

/** Throws (exit 3) unless both sides are equal: what a document of the image says, and what was read. */
export function verifySame(name: string, promised: string, read: string): void {
  if (read !== promised) throw mismatch(name, promised, read);
}

function mismatch(name: string, promised: string, read: string): UserError {
  return new UserError(`Verifying ${name}: it should be ${promised} and is ${read}`, {
    exitCode: 3,
    hint: 'The image is damaged or was tampered with: build, save or pull it again.',
  });
}
