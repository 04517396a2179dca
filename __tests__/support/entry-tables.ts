import fc from 'fast-check';
import { type EntryTable, entryTypes } from '../../src/image/entry-table.ts';
import { EntryTableBuilder } from '../../src/image/entry-table-builder.ts';
import { packageTypes } from '../../src/image/facts/file-facts.ts';
import type { LayerEntry } from '../../src/image/image.ts';

const number = fc.maxSafeNat();
const text = fc.string({ unit: 'grapheme', maxLength: 40 });

const facts = fc.record(
  {
    binary: fc.record(
      {
        architecture: text,
        kind: fc.constantFrom('program' as const, 'library' as const, 'object' as const, 'other' as const),
        interpreter: text,
        needed: fc.array(text, { maxLength: 3 }),
      },
      { requiredKeys: ['architecture', 'kind'] },
    ),
    script: text,
    packages: fc.array(fc.record({ type: fc.constantFrom(...packageTypes), name: text, version: text }), {
      maxLength: 3,
    }),
    trouble: text,
  },
  { requiredKeys: [] },
);

/** Any entry that a parser can give: links alone have targets, files alone have content. */
export const layerEntries: fc.Arbitrary<LayerEntry[]> = fc.array(
  fc
    .record({
      path: text,
      type: fc.constantFrom(...entryTypes),
      mode: fc.integer({ min: 0, max: 0o7777 }),
      uid: number,
      gid: fc.integer({ min: -(2 ** 40), max: 2 ** 40 }),
      bytes: number,
      target: text,
      contentHash: fc.stringMatching(/^[0-9a-f]{24}$/),
      contains: fc.option(fc.constantFrom('busybox' as const, 'toybox' as const), { nil: undefined }),
      text: fc.option(text, { nil: undefined }),
      facts: fc.option(facts, { nil: undefined }),
    })
    .map(({ target, contentHash, contains, text: content, facts: known, ...entry }) => ({
      ...entry,
      ...(entry.type === 'symlink' || entry.type === 'hardlink' ? { linkTarget: target } : {}),
      ...(entry.type === 'file' ? { contentHash } : {}),
      ...(contains === undefined ? {} : { contains }),
      ...(content === undefined ? {} : { text: content }),
      ...(known === undefined ? {} : { facts: known }),
    })),
  { maxLength: 600 },
);

/** A table of these entries. */
export function tableOf(of: readonly LayerEntry[]): EntryTable {
  const builder = new EntryTableBuilder();
  for (const entry of of) builder.add(entry);
  return builder.finish();
}
