import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { expect } from '@jest/globals';

/** Holds `actual` to the text of a fixture; with `UPDATE_GOLDEN=1` the fixture is written instead, to be read in the diff. */
export function expectGolden(file: string, actual: string): void {
  const url = new URL(`../fixtures/${file}`, import.meta.url);
  if (process.env.UPDATE_GOLDEN === '1') {
    mkdirSync(dirname(url.pathname), { recursive: true });
    writeFileSync(url, actual);
  }
  expect(actual).toBe(readFileSync(url, 'utf8'));
}
