import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { shortenPath } from '../../../src/report/view/shorten-path.ts';

describe('shortenPath', () => {
  it('keeps beginning and end', () => {
    expect(shortenPath('/usr/lib/x86_64-linux-gnu/libfoo.so.1', 20)).toBe('/usr/l…u/libfoo.so.1');
  });

  it('leaves a short path as it is', () => {
    expect(shortenPath('/etc/passwd', 11)).toBe('/etc/passwd');
  });

  it('is never longer than asked, and cuts no character in half', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme-composite' }), fc.integer({ min: 3, max: 60 }), (path, length) => {
        const short = shortenPath(path, length);
        expect(Array.from(short).length).toBeLessThanOrEqual(Math.max(length, 0));
        expect(/\p{Cs}/u.test(short)).toBe(false);
      }),
    );
  });
});
