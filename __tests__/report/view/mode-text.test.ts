import { describe, expect, it } from '@jest/globals';
import { modeText } from '../../../src/report/view/mode-text.ts';

describe('modeText', () => {
  it.each([
    ['file', 0o644, '-rw-r--r--'],
    ['directory', 0o1777, 'drwxrwxrwt'],
    ['file', 0o4755, '-rwsr-xr-x'],
    ['file', 0o2644, '-rw-r-Sr--'],
    ['hardlink', 0o6711, '-rws--s--x'],
    ['symlink', 0o777, 'lrwxrwxrwx'],
    ['char', 0o666, 'crw-rw-rw-'],
    ['block', 0, 'b---------'],
    ['fifo', 0o1600, 'prw------T'],
  ] as const)('writes %s %i as %s', (type, mode, text) => {
    expect(modeText(type, mode)).toBe(text);
  });
});
