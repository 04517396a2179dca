import { boundError } from './tar/tar-error.ts';

/** What all layers of one image may cost while they are laid over each other; a hostile image makes much of few bytes. */
export class TreeBounds {
  #entries = 0;
  #implied = 0;
  #pathChars = 0;
  #linkChars = 0;

  /** Entries of one layer; a layer that is listed again counts again. */
  addEntries(count: number): void {
    this.#entries += count;
    if (this.#entries > maxEntries) throw tooMany(`its layers hold more than ${maxEntries} entries`);
  }

  /** Directories that no entry lists, and the characters of their paths together. */
  addImplied(count: number, pathChars: number): void {
    this.#implied += count;
    if (this.#implied > maxEntries) throw tooMany(`its names imply more than ${maxEntries} directories`);
    this.addPath(pathChars);
  }

  /** Characters of a path that is longer than its entry says, because a symlink led there. */
  addPath(chars: number): void {
    this.#pathChars += chars;
    if (this.#pathChars > maxPathChars) throw tooMany('its links and implied directories make paths without end');
  }

  /** Characters of names and link targets that were walked along. */
  addLinkSteps(chars: number): void {
    this.#linkChars += chars;
    if (this.#linkChars > maxLinkChars) throw tooMany('following its links takes without end');
  }
}

function tooMany(problem: string): Error {
  return boundError('the layers of the image', problem);
}

/** Three times the largest image that we measure ourselves by; half a gigabyte of memory a million. */
const maxEntries = 3_000_000;
const maxPathChars = 256 * 1024 * 1024;
const maxLinkChars = 128 * 1024 * 1024;
