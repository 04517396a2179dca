import { describe, expect, it } from '@jest/globals';
import { type BaselineLookup, findNothing, firstFound } from '../../src/baseline/find-baseline.ts';
import { imageEntry } from '../build/image-entry.ts';
import { createProfile } from '../support/profile.ts';

const wanted = { entry: imageEntry(), platform: 'linux/amd64', head: Promise.resolve(undefined) };
const found = (label: string): BaselineLookup => ({
  baseline: { profile: createProfile(), label, origin: { source: 'file' } },
  tried: [],
});
const empty = (source: string) => findNothing({ source, reason: `${source} has none` });

describe('firstFound', () => {
  it('takes the first baseline, and asks nobody after it', async () => {
    const asked: string[] = [];
    const place = (name: string) => async () => {
      asked.push(name);
      return found(name);
    };
    const lookup = await firstFound([empty('cache'), place('one'), place('two')])(wanted);
    expect([lookup.baseline?.label, asked]).toEqual(['one', ['one']]);
    expect(lookup.tried).toEqual([{ source: 'cache', reason: 'cache has none' }]);
  });

  it('says why each place has none where none has one, and which commit was wanted', async () => {
    const withCommit = async () => ({ tried: [{ source: 'artifact', reason: 'gone' }], wantedCommit: 'c'.repeat(40) });
    expect(await firstFound([withCommit, empty('rebuild')])(wanted)).toEqual({
      tried: [
        { source: 'artifact', reason: 'gone' },
        { source: 'rebuild', reason: 'rebuild has none' },
      ],
      wantedCommit: 'c'.repeat(40),
    });
  });
});
