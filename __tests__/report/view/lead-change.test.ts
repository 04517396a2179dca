import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Delta, LayerDelta } from '../../../src/compare/delta.ts';
import { formatBytes } from '../../../src/report/format-bytes.ts';
import { type LeadChange, leadChange, placeName } from '../../../src/report/view/lead-change.ts';
import { createProfile } from '../../support/profile.ts';
import { createDelta, createEmptyDelta } from '../../support/report.ts';

const dockerfile = 'Dockerfile';
const { base } = createProfile();
const zero = { downloadBytes: 0, unpackedBytes: 0, visibleBytes: 0, wastedBytes: 0 };

/** A delta of own layers, and of a base that changed by so many bytes. */
function deltaOf(layers: readonly Partial<LayerDelta>[], overrides: Partial<Delta> = {}): Delta {
  const rows = layers.map((layer, at) => ({
    kind: 'changed' as const,
    bytes: 0,
    origin: 'own' as const,
    instruction: `COPY ${at} /`,
    headPosition: at,
    ...layer,
  }));
  const bytes = rows.reduce((sum, row) => sum + row.bytes, 0) + (overrides.base?.unpackedBytes ?? 0);
  return createDelta({ unpackedBytes: bytes, layers: rows, ...overrides });
}

function told(delta: Delta, { file = dockerfile as string | undefined, line = 19 } = {}): string | undefined {
  const lead = leadChange({ delta, base: { ...base, line } }, file === undefined ? {} : { dockerfile: file });
  return lead && asText(lead);
}

function asText({ total, link, place, instruction, after }: LeadChange): string {
  const maker = [place && placeName(place), instruction && `\`${instruction}\``].filter(Boolean).join(' ');
  return total + link + maker + after;
}

describe('leadChange', () => {
  it('names the one line that did most, and how much of the whole that is', () => {
    const delta = deltaOf([
      { bytes: 500_000, line: 12 },
      { bytes: 20_900_000, line: 14, instruction: 'COPY --from=build /app ./' },
    ]);
    expect(told(delta)).toBe('+21.4 MB unpacked, of it +20.9 MB by Dockerfile:14 `COPY --from=build /app ./`.');
  });

  it.each<[string, Delta, string]>([
    ['all of it', deltaOf([{ bytes: 7, line: 3 }]), '+7 B unpacked, all of it by Dockerfile:3 `COPY 0 /`.'],
    [
      'more than all of it',
      deltaOf([
        { bytes: 30, line: 3 },
        { bytes: -10, line: 4 },
      ]),
      '+20 B unpacked: +30 B by Dockerfile:3 `COPY 0 /`, −10 B by the rest.',
    ],
    [
      'what shrank where all shrank',
      deltaOf([
        { bytes: 10, line: 3 },
        { bytes: -50, line: 4 },
      ]),
      '−40 B unpacked: −50 B by Dockerfile:4 `COPY 1 /`, +10 B by the rest.',
    ],
    [
      'the larger of two that cancel each other out',
      deltaOf([
        { bytes: 50, line: 3 },
        { bytes: -50, line: 4 },
      ]),
      '±0 B unpacked: +50 B by Dockerfile:3 `COPY 0 /`, −50 B by the rest.',
    ],
    [
      'a line that is new',
      deltaOf([{ bytes: 9, line: 3, kind: 'added' }]),
      '+9 B unpacked, all of it by Dockerfile:3 `COPY 0 /` (new).',
    ],
    [
      'a line that is gone, which no Dockerfile has any more',
      deltaOf([{ bytes: -9, line: 3, kind: 'removed' }]),
      '−9 B unpacked, all of it by `COPY 0 /` (removed).',
    ],
    [
      'a line that was edited',
      deltaOf([
        { bytes: -20, line: 3, kind: 'removed', instruction: 'RUN apk add curl' },
        { bytes: 60, line: 3, kind: 'added', instruction: 'RUN apk add curl git' },
      ]),
      '+40 B unpacked, all of it by Dockerfile:3 `RUN apk add curl git` (edited).',
    ],
    [
      'the base image that moved',
      deltaOf([{ bytes: 2, line: 3 }], { baseChange: 'moved', base: { ...zero, unpackedBytes: 18 } }),
      '+20 B unpacked, of it +18 B by the base image (moved).',
    ],
    [
      'the line that replaced the base image',
      deltaOf([{ bytes: 2, line: 3 }], { baseChange: 'replaced', base: { ...zero, unpackedBytes: 18 } }),
      '+20 B unpacked, of it +18 B by Dockerfile:19, which replaced the base image.',
    ],
    [
      'nobody where no size changed',
      deltaOf([{ line: 3 }, { line: 4 }], { config: [{ key: 'USER', before: null, after: '1' }] }),
      '±0 B unpacked: 2 layers with other content, 1 setting changed.',
    ],
  ])('tells %s', (_, delta, expected) => {
    expect(told(delta)).toBe(expected);
  });

  it('names layer and instruction where nobody built the image here', () => {
    expect(told(deltaOf([{ bytes: 7 }]), { file: undefined })).toBe('+7 B unpacked, all of it by layer 0 `COPY 0 /`.');
    expect(told(deltaOf([{ bytes: 7, instruction: '' }]), { file: undefined })).toBe(
      '+7 B unpacked, all of it by layer 0.',
    );
  });

  it('weighs the layers of the base one by one where base and own are not told apart', () => {
    const delta = deltaOf([{ bytes: 7, origin: 'base' }, { bytes: 3 }], { base: null, own: null, unpackedBytes: 10 });
    expect(told(delta)).toBe('+10 B unpacked, of it +7 B by layer 0 `COPY 0 /`.');
  });

  it('says nothing where nothing changed', () => {
    expect(told(createEmptyDelta())).toBeUndefined();
  });

  it('says numbers that add up to the whole, whatever the layers are', () => {
    const layers = fc.array(fc.record({ bytes: fc.integer({ min: -140, max: 140 }) }), { minLength: 1, maxLength: 6 });
    const ofBase = fc.integer({ min: -140, max: 140 });
    fc.assert(
      fc.property(layers, ofBase, (rows, unpackedBytes) => {
        const delta = deltaOf(rows, { base: { ...zero, unpackedBytes } });
        const text = told(delta) ?? '';
        const [whole, part, rest] = Array.from(text.matchAll(/([+−±])(\d+) B/g), ([, sign, number]) =>
          sign === '−' ? -Number(number) : Number(number),
        );
        expect(whole).toBe(delta.unpackedBytes);
        if (text.includes('by the rest')) expect((part ?? 0) + (rest ?? 0)).toBe(whole);
        else if (text.includes('of it +') || text.includes('of it −')) {
          expect(Math.abs(part ?? 0)).toBeLessThan(Math.abs(whole ?? 0));
        } else expect(text).toMatch(/all of it|^±0 B unpacked: /);
        expect(text).toContain(formatBytes(delta.unpackedBytes, { sign: true }));
      }),
    );
  });
});
