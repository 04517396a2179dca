import { describe, expect, it } from '@jest/globals';
import { chooseManifest } from '../../src/image/choose-manifest.ts';
import { type Descriptor, descriptorSchema } from '../../src/image/manifest.ts';
import { file, layer } from '../support/image-builder.ts';
import { addBlob, layoutOf } from '../support/image-files.ts';

const indexType = 'application/vnd.oci.image.index.v1+json';
const amd = layoutOf([layer(file('/a', 1))], { platform: 'linux/amd64' });
const arm = layoutOf([layer(file('/b', 1))], { platform: 'linux/arm64' });

/** An index of these, and which of its documents were read. */
function indexOf(...manifests: readonly object[]) {
  const blobs = new Map([...amd.blobs, ...arm.blobs]);
  const root = descriptorSchema.parse(addBlob(blobs, indexType, { manifests }));
  const read = new Set<string>();
  const readSmall = async ({ digest }: Descriptor) => {
    read.add(digest);
    return blobs.get(digest) ?? null;
  };
  return { source: { name: 'it', readSmall }, roots: [root], read };
}

describe('chooseManifest', () => {
  it('lists no more platforms than a person reads', async () => {
    const strange = Array.from({ length: 50 }, (_, i) => ({
      ...(i % 2 === 0 ? amd : arm).descriptor,
      digest: `sha256:${String(i).padStart(64, '0')}`,
      platform: { os: 'linux', architecture: `${i}${'x'.repeat(5000)}` },
    }));
    const { source, roots } = indexOf(amd.descriptor, arm.descriptor, ...strange);
    const refusal = expect.objectContaining({ hint: expect.stringMatching(/^.{20,1100}$/) });
    await expect(chooseManifest(source, roots, {})).rejects.toEqual(refusal);
  });

  it('does not read what an index says is for another platform', async () => {
    const { source, roots, read } = indexOf(amd.descriptor, arm.descriptor);
    const { descriptor } = await chooseManifest(source, roots, { platform: 'linux/arm64/v8' });
    expect(descriptor.digest).toBe(arm.descriptor.digest);
    expect([...read]).toEqual([roots[0]?.digest, arm.descriptor.digest]);
  });

  it.each([
    ['nothing', { platform: undefined }],
    ['null', { platform: null }],
    ['half', { platform: { os: 'linux' } }],
    ['unknown', { platform: { os: 'unknown', architecture: 'unknown' } }],
  ])('reads what says %s about its platform', async (_, change) => {
    const { source, roots, read } = indexOf({ ...amd.descriptor, ...change }, arm.descriptor);
    await chooseManifest(source, roots, { platform: 'linux/arm64' });
    expect(read).toContain(amd.descriptor.digest);
  });

  it('names all platforms where several would do', async () => {
    const { source, roots } = indexOf(amd.descriptor, arm.descriptor);
    await expect(chooseManifest(source, roots, {})).rejects.toMatchObject({
      exitCode: 2,
      hint: 'Say which with --platform: linux/amd64, linux/arm64.',
    });
  });

  it('takes a strange platform for one that is not wanted', async () => {
    const strange = { ...amd.descriptor, platform: { os: 'a b/c', architecture: '../d' } };
    const { source, roots } = indexOf(strange, arm.descriptor);
    const { descriptor } = await chooseManifest(source, roots, { platform: 'linux/arm64' });
    expect(descriptor.digest).toBe(arm.descriptor.digest);
  });
});
