import type { ImageReport } from '../report.ts';
import { isWeighed } from './is-weighed.ts';

/** The notes of an image and of its sizes that the lead does not show, each once. */
export function listNotes({ notes, platforms }: ImageReport): string[] {
  const ofSizes = platforms.filter(isWeighed).flatMap(({ size }) => (size.downloadBytes === null ? [] : size.notes));
  return [...new Set([...notes, ...ofSizes])];
}
