import { readFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import { version } from '../src/version.ts';

it('is the version that package.json publishes', () => {
  const { version: published } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
  expect(version).toBe(published);
});
