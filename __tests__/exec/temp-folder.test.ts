import { existsSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { withTempFolder } from '../../src/exec/temp-folder.ts';

describe('a folder for temporary files', () => {
  it('is for this user alone and gone afterwards, with all that is in it', async () => {
    const folder = await withTempFolder(async (path) => {
      writeFileSync(join(path, 'file'), 'x');
      expect(statSync(path).mode & 0o777).toBe(0o700);
      return path;
    });
    expect(existsSync(folder)).toBe(false);
  });

  it('is gone after an error too', async () => {
    let folder = '';
    const failing = withTempFolder(async (path) => {
      folder = path;
      throw new Error('of the work');
    });
    await expect(failing).rejects.toThrow('of the work');
    expect(existsSync(folder)).toBe(false);
  });

  it('is refused in words when it cannot be made', async () => {
    await expect(withTempFolder(async () => {}, '/nonexistent')).rejects.toMatchObject({
      exitCode: 3,
      message: expect.stringContaining('Cannot make a folder for temporary files in /nonexistent'),
    });
  });
});
