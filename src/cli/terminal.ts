import { rename, rm, writeFile } from 'node:fs/promises';
import { UserError } from '../user-error.ts';

/** What a rendering for people needs to know of where it goes; undefined is a file: no colour, 100 columns. */
export function screen(stream: NodeJS.WriteStream | undefined): { readonly color: boolean; readonly width: number } {
  return { color: stream !== undefined && isColourful(stream), width: stream?.columns ?? 100 };
}

/** As the NO_COLOR and FORCE_COLOR conventions say. */
function isColourful({ isTTY }: NodeJS.WriteStream): boolean {
  const { NO_COLOR, FORCE_COLOR } = process.env;
  if (NO_COLOR !== undefined && NO_COLOR !== '') return false;
  if (FORCE_COLOR !== undefined) return FORCE_COLOR !== '0';
  return isTTY === true;
}

/** Writes a file whole or not at all; throws UserError when it cannot. */
export async function writeWhole(file: string, text: string): Promise<void> {
  const draft = `${file}.${process.pid}.tmp`;
  try {
    await writeFile(draft, text);
    await rename(draft, file);
  } catch (cause) {
    await rm(draft, { force: true });
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new UserError(`${file} cannot be written: ${reason}`, { cause });
  }
}
