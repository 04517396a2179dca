import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { commitLinks } from '../../../src/report/markdown/commit-links.ts';
import { hostileText } from '../../support/hostile.ts';

const at = {
  serverUrl: 'https://github.com',
  repository: { owner: 'octo', name: 'shop' },
  commit: '5f1d7a84b6a58afa0b82c2d60d5cf64c9a7d8a6e',
};
const root = `https://github.com/octo/shop/blob/${at.commit}/`;

describe('commitLinks', () => {
  it.each([
    [undefined, 'Dockerfile', 3, 'Dockerfile#L3'],
    [undefined, './services/api/Dockerfile', undefined, 'services/api/Dockerfile'],
    [undefined, 'a b/#1?/100%/Dockerfile', 7, 'a%20b/%231%3F/100%25/Dockerfile#L7'],
    [undefined, '%2e%2e/x', 1, '%252e%252e/x#L1'],
    ['services/api', 'Dockerfile', 3, 'services/api/Dockerfile#L3'],
    ['services/api', '../web/Dockerfile', 3, 'services/web/Dockerfile#L3'],
    ['./services/', './/Dockerfile', 3, 'services/Dockerfile#L3'],
  ])('from %j leads to %j at line %j', (prefix, path, line, expected) => {
    expect(commitLinks({ ...at, ...(prefix === undefined ? {} : { prefix }) }).file(path, line)).toBe(root + expected);
  });

  it.each([
    [undefined, '../x'],
    [undefined, 'a/../../x'],
    ['services', '../../x'],
    [undefined, '/etc/passwd'],
    [undefined, 'C:\\x\\Dockerfile'],
    [undefined, '\\\\server\\x'],
    [undefined, 'https://github.com/octo/shop.git'],
    [undefined, '.'],
    [undefined, ''],
    [undefined, 'a/\u{d800}'],
  ])('from %j has no address for %j', (prefix, path) => {
    expect(commitLinks({ ...at, ...(prefix === undefined ? {} : { prefix }) }).file(path, 1)).toBeUndefined();
  });

  it('never leaves the commit, whatever the path', () => {
    fc.assert(
      fc.property(fc.array(hostileText()), fc.option(hostileText(), { nil: '' }), (parts, prefix) => {
        const address = commitLinks({ ...at, prefix }).file([...parts, '..', 'x'].join('/'), 1);
        expect(address === undefined || new URL(address).href.startsWith(root)).toBe(true);
        expect(address === undefined || new URL(address).hash).toBe(address === undefined || '#L1');
      }),
    );
  });
});
