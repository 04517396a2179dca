import { describe, expect, it } from '@jest/globals';
import { chooseProxy } from '../../src/network/choose-proxy.ts';

const proxy = { HTTPS_PROXY: 'http://proxy:3128' };

describe('chooseProxy', () => {
  it.each([
    ['https://ghcr.io/v2/', {}, null],
    ['https://ghcr.io/v2/', proxy, 'http://proxy:3128'],
    ['https://ghcr.io/v2/', { HTTPS_PROXY: 'proxy:3128' }, 'http://proxy:3128'],
    ['https://ghcr.io/v2/', { HTTPS_PROXY: 'http://a', https_proxy: 'http://b' }, 'http://b'],
    ['http://r.test/v2/', proxy, null],
    ['http://r.test/v2/', { HTTP_PROXY: 'http://proxy' }, 'http://proxy'],
    ['https://localhost:5000/', proxy, null],
    ['https://127.0.0.1:5000/', proxy, null],
    ['https://ghcr.io/', { ...proxy, NO_PROXY: 'a.test, ghcr.io' }, null],
    ['https://x.ghcr.io/', { ...proxy, NO_PROXY: 'ghcr.io' }, null],
    ['https://x.ghcr.io/', { ...proxy, NO_PROXY: '.ghcr.io' }, null],
    ['https://xghcr.io/', { ...proxy, NO_PROXY: 'ghcr.io' }, 'http://proxy:3128'],
    ['https://ghcr.io/', { ...proxy, NO_PROXY: 'ghcr.io:444' }, 'http://proxy:3128'],
    ['https://ghcr.io/', { ...proxy, NO_PROXY: 'ghcr.io:443' }, null],
    ['https://ghcr.io/', { ...proxy, no_proxy: '*' }, null],
    ['https://ghcr.io/', { HTTPS_PROXY: 'http://[' }, null],
  ])('for %s with %j is %s', (url, env, expected) => {
    expect(chooseProxy(new URL(url), env)).toBe(expected);
  });
});
