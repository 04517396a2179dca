import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { StepLayers } from '../../src/build/build-record.ts';
import { readMetadata } from '../../src/build/provenance.ts';
import { fixture } from './fixtures.ts';

const read = (name: string) => readMetadata(JSON.parse(fixture(name)));
const known = (steps: readonly StepLayers[] | undefined) => steps?.filter(({ chain }) => chain.length > 0);
const short = (digests: readonly string[] | undefined) => digests?.map((digest) => digest.slice(7, 11));

describe('the metadata file of a build', () => {
  it('tells the layers after every step, of the base and of both kinds of COPY', () => {
    const { provenance } = read('containerd-final.metadata.json');
    expect(known(provenance?.steps)?.map(({ chain, lines, isImage }) => [short(chain), lines, isImage])).toEqual([
      [['ede7'], [{ start: 2, end: 2 }], true],
      [['051b'], [{ start: 14, end: 14 }], false],
      [['051b', 'd864'], [{ start: 15, end: 15 }], false],
    ]);
  });

  it('tells diff IDs on the classic store, and nothing for steps without a layer', () => {
    const { provenance, imageId } = read('classic-final.metadata.json');
    expect(known(provenance?.steps)?.map(({ chain }) => short(chain))).toEqual([['3976'], ['1c60'], ['1c60', '2061']]);
    expect(imageId).toMatch(/^sha256:8b3e/);
  });

  it('names the images that were used', () => {
    expect(read('containerd-test.metadata.json').provenance?.materials).toEqual([
      {
        reference: 'pkg:docker/busybox@1.37',
        digest: 'sha256:9041d248448a071efb219ab3ff9fbd743c0316637e670d74963963c5392f3cc5',
        platform: 'linux/amd64',
      },
    ]);
  });

  it('has all lines of an instruction as one range', () => {
    const lines = [...read('containerd-test.metadata.json').linesByVertex.values()];
    expect(lines).toContainEqual([{ start: 5, end: 7 }]);
  });

  it('is read under the name that has the platform in it', () => {
    const metadata = JSON.parse(fixture('containerd-test.metadata.json'));
    const provenance = metadata['buildx.build.provenance'];
    expect(readMetadata({ 'buildx.build.provenance/linux/amd64': provenance })).toEqual(
      readMetadata({ 'buildx.build.provenance': provenance }),
    );
  });

  it.each([null, [], 'x', {}, { 'buildx.build.ref': 'a/b/c' }])('says nothing when it is %j', (metadata) => {
    expect(readMetadata(metadata)).toEqual({ linesByVertex: new Map() });
  });

  it('never throws, whatever stands where', () => {
    const metadata = JSON.parse(fixture('containerd-final.metadata.json'));
    const places = placesOf(metadata);
    fc.assert(
      fc.property(fc.constantFrom(...places), fc.jsonValue(), (place, value) => {
        const changed = structuredClone(metadata);
        let at = changed;
        for (const key of place.slice(0, -1)) at = at[key];
        at[place.at(-1) ?? ''] = value;
        readMetadata(changed);
      }),
    );
  });
});

function placesOf(value: unknown, path: readonly string[] = []): readonly (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => [[...path, key], ...placesOf(inner, [...path, key])]);
}
