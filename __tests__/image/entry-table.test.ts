import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { layerEntries, tableOf } from '../support/entry-tables.ts';
import { plainEntries } from '../support/plain-entries.ts';

describe('EntryTable', () => {
  it('gives back every entry as it came, in order', () => {
    fc.assert(
      fc.property(layerEntries, (given) => {
        const table = tableOf(given);
        expect(table.length).toBe(given.length);
        expect(plainEntries(table)).toEqual(given);
      }),
    );
  });

  it('takes about 100 bytes for a file with a usual name', () => {
    const file = { type: 'file', mode: 0o644, uid: 0, gid: 0, bytes: 1, contentHash: 'ab'.repeat(12) } as const;
    const { columns } = tableOf(
      Array.from({ length: 10_000 }, (_, i) => ({
        ...file,
        path: `usr/lib/node_modules/some-package/lib/module-${i}.js`,
      })),
    );
    const bytes = Object.values(columns).reduce((sum, { byteLength }) => sum + byteLength, 0);
    expect(bytes / 10_000).toBeLessThan(100);
  });
});
