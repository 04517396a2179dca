import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isNewer, readHeader, withHeader } from '../../src/github/comment-header.ts';
import { commentKey } from '../../src/github/comment-key.ts';

const state = { run: { id: 12_345_678_901, attempt: 2 }, head: 'a'.repeat(40) };

describe('the hidden lines of a comment', () => {
  it('are read back as they were written, for every key', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string(), (key, text) => {
        const body = withHeader(key, state, text);
        expect(readHeader(key, body)).toEqual({ state, text: `\n${text.replaceAll('\r\n', '\n')}` });
      }),
    );
  });

  it('of one key are not those of another that begins so', () => {
    expect(readHeader('image', withHeader('image-two', state, ''))).toBeUndefined();
    expect(readHeader('image', withHeader('Image', state, ''))).toBeUndefined();
  });

  it.each(['run=1 head=aaaaaaa', 'run=1.1 head=main', 'run=-1.1 head=aaaaaaa'])(
    'without a sound state have none: %s',
    (line) => {
      const body = `<!-- stagegate:comment v1 key=k -->\n<!-- stagegate:state ${line} -->\ntext`;
      expect(readHeader('k', body)).not.toHaveProperty('state');
    },
  );

  it('order runs by id, then by attempt', () => {
    const at = (id: number, attempt: number) => ({ run: { id, attempt }, head: 'a' });
    expect(isNewer(at(2, 1), at(1, 9))).toBe(true);
    expect(isNewer(at(2, 2), at(2, 1))).toBe(true);
    expect(isNewer(at(2, 1), at(2, 1))).toBe(false);
    expect(isNewer(at(1, 1), undefined)).toBe(true);
    expect(isNewer(undefined, undefined)).toBe(false);
  });
});

describe('the key of a comment', () => {
  it.each(['image', 'ci.yml-image_2', 'x'.repeat(64)])('stays as it is: %s', (key) => {
    expect(commentKey(key)).toBe(key);
  });

  it('becomes readable part and hash where it has other characters', () => {
    expect(commentKey('build / image (linux, amd64)')).toMatch(/^build-image-linux-amd64-[0-9a-f]{12}$/);
    expect(commentKey('a --> b')).not.toBe(commentKey('a --- b'));
  });

  it('is harmless whatever it was', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (key) => {
        expect(commentKey(key)).toMatch(/^[A-Za-z0-9._-]{1,64}$/);
      }),
    );
  });
});
