import { describe, expect, it } from '@jest/globals';
import { rememberLookups } from '../../src/baseline/remember-lookups.ts';
import { imageEntry } from '../build/image-entry.ts';

describe('rememberLookups', () => {
  it('asks once for each image and platform', async () => {
    const asked: string[] = [];
    const find = rememberLookups(async ({ entry, platform }) => {
      asked.push(`${entry.name} ${platform}`);
      return { tried: [] };
    });
    const api = { entry: imageEntry(), platform: 'linux/amd64' };
    const web = { ...api, entry: imageEntry({ name: 'web' }) };
    const arm = { ...api, platform: 'linux/arm64' };
    await Promise.all([api, api, web, arm, api].map(find));
    expect(asked).toEqual(['api linux/amd64', 'web linux/amd64', 'api linux/arm64']);
  });

  it('keeps the failure of a lookup for the one who waits for it', async () => {
    const find = rememberLookups(() => Promise.reject(new Error('a bug')));
    const wanted = { entry: imageEntry(), platform: 'linux/amd64' };
    void find(wanted);
    await new Promise((resolve) => setImmediate(resolve));
    await expect(find(wanted)).rejects.toThrow('a bug');
  });
});
