import { describe, expect, it } from '@jest/globals';
import type { HistoryEntry } from '../../src/image/image.ts';
import { baseByDiffIds, baseByHistory, commonLayers } from '../../src/profile/known-base.ts';
import { file, image, imageWith, layer } from '../support/image-builder.ts';

const [one, two, three] = [layer(file('/1', 1)), layer(file('/2', 2)), layer(file('/3', 3))];
const app = image(one, two, three);

describe('baseByDiffIds', () => {
  it.each([
    ['a base that is whole', image(one, two), 2],
    ['another version of the base', image(one, three), 1],
    ['the image itself', app, 3],
    ['more than the image', image(one, two, three, one), 3],
    ['nothing at all', image(), 0],
  ])('counts the layers that the image begins with: %s', (_, base, count) => {
    expect(baseByDiffIds(app, { reference: 'base:1', image: base })).toMatchObject({
      baseCount: count,
      originFrom: 'diff-id',
      reference: 'base:1',
    });
  });

  it('knows the digest only of a base that is whole', () => {
    const whole = image(one, two);
    expect(baseByDiffIds(app, { reference: 'b', image: whole })?.digest).toBe(whole.digest);
    expect(baseByDiffIds(app, { reference: 'b', image: image(one, three) })).not.toHaveProperty('digest');
  });

  it('claims nothing where the lowest layers differ, though a higher one is the same', () => {
    expect(baseByDiffIds(app, { reference: 'b', image: image(two) })).toBeUndefined();
    expect(commonLayers(app, image(two))).toBe(0);
  });
});

const entry = (createdBy: string, { isEmpty = false, comment = 'buildkit.dockerfile.v0' } = {}): HistoryEntry => ({
  createdBy,
  comment,
  isEmpty,
});
const rootfs = entry('# debian.sh', { comment: 'debuerreotype 0.15' });
const command = entry('CMD ["bash"]', { isEmpty: true });
const run = entry('RUN /bin/sh -c make # buildkit');
const of = (...history: readonly HistoryEntry[]) =>
  imageWith({ history }, ...history.filter(({ isEmpty }) => !isEmpty).map(() => layer()));

describe('baseByHistory', () => {
  it.each([
    ['layers of another builder under those of BuildKit', of(rootfs, run, run), 1],
    ['layers under a CMD', of(run, run, command, run), 2],
    ['layers under the last CMD of several', of(rootfs, command, run, command, run), 2],
    [
      "a classic builder's CMD",
      of(rootfs, entry('/bin/sh -c #(nop)  CMD ["bash"]', { isEmpty: true, comment: '' }), run),
      1,
    ],
  ])('takes for base: %s', (_, built, baseCount) => {
    expect(baseByHistory(built)).toEqual({ baseCount, originFrom: 'history' });
  });

  it.each([
    ['everything is of one builder, and CMD ends it', of(run, run, command)],
    ['nothing is by BuildKit', of(rootfs, rootfs)],
    ['there is no history', image(one, two)],
    ['history and layers do not fit together', imageWith({ history: [rootfs, run, run] }, one)],
    ['there is no layer', of(command)],
  ])('says nothing when %s', (_, built) => {
    expect(baseByHistory(built)).toBeUndefined();
  });
});
