import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { download } from '../../src/network/download.ts';
import { guardedFetch } from '../../src/network/guarded-fetch.ts';

const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

/** A store that answers so; gives its address and the headers that it was sent. */
async function store(status: number, body: Buffer, headers: Record<string, string> = {}) {
  const sent: unknown[] = [];
  const server = createServer((request, response) => {
    sent.push(request.headers);
    if (status === 0) return;
    response.writeHead(status, headers).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closers.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return { address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/blob?sig=x`, sent };
}

const limits = { limitBytes: 1000, timeLimitMs: 2000 };
const get = (address: string) => download(guardedFetch({}), address, limits);

describe('download', () => {
  it('gives the bytes, and sends no credentials along', async () => {
    const { address, sent } = await store(200, Buffer.from('the archive'));
    expect(String(await get(address))).toBe('the archive');
    expect(sent).toEqual([expect.not.objectContaining({ authorization: expect.anything() })]);
  });

  it.each<[string, number, Buffer, string]>([
    ['too many bytes', 200, Buffer.alloc(1001), 'is larger than 1000 bytes'],
    ['another status', 404, Buffer.alloc(0), 'was answered with 404'],
    ['a redirect', 302, Buffer.alloc(0), 'was answered with 302'],
    ['no answer', 0, Buffer.alloc(0), 'did not come within 2 s'],
  ])('refuses %s', async (_, status, body, reason) => {
    const { address } = await store(status, body, status === 302 ? { location: 'http://127.0.0.1:9/' } : {});
    expect(await get(address)).toBe(reason);
  });

  it.each([
    'http://example.com/blob',
    'https://169.254.169.254/latest',
    'https://user@example.com/',
    'file:///etc/passwd',
    'nonsense',
  ])('never asks %s', async (address) => {
    const fetch = () => Promise.reject(new Error('it was asked'));
    expect(await download(fetch, address, limits)).toBe('is kept at an address that is refused');
  });
});
