import { open } from 'node:fs/promises';
import { resolve } from 'node:path';
import { UserError } from '../user-error.ts';
import type { Files } from './files.ts';
import { type ImageSource, readImageSource } from './image-source.ts';
import { quote } from './quote.ts';

/** A report that was recorded earlier. */
export type ReportSource = {
  readonly transport: 'report';
  /** Absolute path. */
  readonly place: string;
  /** As typed. */
  readonly written: string;
};

/** One side of a comparison. */
export type ComparedSide = ImageSource | ReportSource;

/** The first bytes of a file as text. */
export type ReadStart = (path: string) => Promise<string>;

type Place = { readonly cwd: string; readonly files: Pick<Files, 'kindOf'>; readonly readStart?: ReadStart };

/**
 * Reads what was typed for BASE or HEAD: an IMAGE as `inspect` takes it, or a report. A report is a file without a
 * transport that holds a JSON object, or says so by its name: no archive begins with a brace. Throws UserError (exit 2).
 */
export async function readComparedSide(
  written: string,
  { readStart = startOf, ...place }: Place,
): Promise<ComparedSide> {
  const path = resolve(place.cwd, written);
  const isNamedJson = /\.json$/i.test(written);
  const kind = written === '' ? 'missing' : await place.files.kindOf(path);
  if (kind === 'file' && (isNamedJson || /^\ufeff?\s*\{/.test(await readStart(path)))) {
    return { transport: 'report', place: path, written };
  }
  if (kind === 'missing' && isNamedJson && !/^[a-z-]+:/.test(written)) {
    throw new UserError(`${quote(written)} does not exist.`, {
      hint: 'A report is what `--record FILE` or `--format json` wrote.',
    });
  }
  return readImageSource(written, place);
}

const startLength = 64;

/** Unreadable files begin with nothing: whoever opens them says what is wrong. */
async function startOf(path: string): Promise<string> {
  try {
    const file = await open(path);
    try {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(startLength), 0, startLength, 0);
      return buffer.toString('utf8', 0, bytesRead);
    } finally {
      await file.close();
    }
  } catch {
    return '';
  }
}
