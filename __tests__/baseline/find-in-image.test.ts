import { describe, expect, it } from '@jest/globals';
import { type BeginImage, findInImage } from '../../src/baseline/find-in-image.ts';
import { applyLayers } from '../../src/image/apply-layers.ts';
import type { Image } from '../../src/image/image.ts';
import { createProfile } from '../../src/profile/create-profile.ts';
import type { Profile } from '../../src/profile/profile.ts';
import type { ImageSource } from '../../src/settings/image-source.ts';
import { UserError } from '../../src/user-error.ts';
import { imageEntry } from '../build/image-entry.ts';
import { file, imageWith, layer } from '../support/image-builder.ts';

const source: ImageSource = {
  transport: 'docker',
  place: 'ghcr.io/octo/api:main',
  written: 'docker://ghcr.io/octo/api:main',
};
const revision = 'c'.repeat(40);
const lower = layer(file('/lib', 100));
const stored = (labels: Readonly<Record<string, string>> = {}) =>
  imageWith({ config: { labels } }, lower, layer(file('/app', 50)));

/** The head stands on the same base layer. */
function head(platform = 'linux/amd64'): Profile {
  const image = imageWith({}, lower, layer(file('/app', 80)));
  const profile = createProfile(image, applyLayers(image.layers), {
    provenance: undefined,
    chain: undefined,
    knownBase: { baseCount: 1, originFrom: 'diff-id', reference: 'docker.io/library/alpine:3' },
  });
  return { ...profile, platform };
}

const opening =
  (image: Image): BeginImage =>
  async () =>
  async () =>
    image;

const find = (begin: BeginImage, of: Promise<Profile | undefined> = Promise.resolve(head())) =>
  findInImage(source, begin)({ entry: imageEntry(), platform: 'linux/amd64', head: of });

describe('findInImage', () => {
  it('gives the profile of the image, told apart as the head tells, with its digest and its files', async () => {
    const image = stored();
    const { baseline } = await find(opening(image));
    expect(baseline?.origin).toMatchObject({ source: 'image', reference: source.written, digest: image.digest });
    expect(baseline?.profile.layers.map(({ origin }) => origin)).toEqual(['base', 'own']);
    expect(baseline?.profile.base.reference).toBe('docker.io/library/alpine:3');
    expect(baseline?.fileIndex?.table.length).toBe(2);
    expect(baseline?.findings).toBeUndefined();
  });

  it.each<[string, Readonly<Record<string, string>>, string | undefined]>([
    ['names a commit', { 'org.opencontainers.image.revision': revision }, revision],
    ['names none', {}, undefined],
    ['names something else', { 'org.opencontainers.image.revision': '<img src=x>' }, undefined],
  ])('claims a commit only where the label %s', async (_, labels, commit) => {
    const { baseline } = await find(opening(stored(labels)));
    expect(baseline?.origin.commit).toBe(commit);
  });

  it('asks for the manifest beside the build, and reads layers once the head is there', async () => {
    const steps: string[] = [];
    let weighed: (profile: Profile) => void = () => {};
    const begin: BeginImage = async () => {
      steps.push('manifest');
      return async () => {
        steps.push('layers');
        return stored();
      };
    };
    const lookup = find(
      begin,
      new Promise((resolve) => {
        weighed = resolve;
      }),
    );
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(steps).toEqual(['manifest']);
    weighed(head());
    expect((await lookup).baseline).toBeDefined();
    expect(steps).toEqual(['manifest', 'layers']);
  });

  it.each<[string, BeginImage, Promise<Profile | undefined>, string]>([
    [
      'the registry refuses',
      () => Promise.reject(new UserError('ghcr.io asks for a login', { exitCode: 3 })),
      Promise.resolve(head()),
      'docker://ghcr.io/octo/api:main cannot be read: ghcr.io asks for a login',
    ],
    ['the head did not build', opening(stored()), Promise.resolve(undefined), 'there is no image to compare it with'],
    [
      'the head is of another platform',
      opening(stored()),
      Promise.resolve(head('linux/arm64')),
      'it would be of platform linux/amd64',
    ],
  ])('goes without a baseline where %s', async (_, begin, of, reason) => {
    expect(await find(begin, of)).toEqual({ tried: [{ source: 'image', reason }] });
  });

  it('lets a bug be one', async () => {
    await expect(find(() => Promise.reject(new TypeError('x is undefined')))).rejects.toThrow(TypeError);
  });
});
