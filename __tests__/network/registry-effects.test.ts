import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it } from '@jest/globals';
import { readImage } from '../../src/image/read-image.ts';
import { openRegistryImage } from '../../src/image/registry/open-registry-image.ts';
import { guardedLookup } from '../../src/network/guarded-lookup.ts';
import { registryEffects } from '../../src/network/registry-effects.ts';
import { FakeRegistry } from '../support/fake-registry.ts';
import { file, layer } from '../support/image-builder.ts';
import { layoutOf } from '../support/image-files.ts';

it('opens an image over the real network', async () => {
  const registry = new FakeRegistry();
  await registry.start();
  try {
    registry.push('team/app', 'v1', layoutOf([layer(file('/a', 9000))]));
    const effects = registryEffects({ HOME: '/nowhere' });
    const { source, roots } = await openRegistryImage(`localhost:${registry.port}/team/app:v1`, effects);
    expect((await readImage(source, roots)).layers[0]?.unpackedBytes).toBe(9000);
  } finally {
    await registry.stop();
  }
});

it('says that a host does not exist', async () => {
  await expect(openRegistryImage('registry.invalid/app', registryEffects({}), { patience })).rejects.toMatchObject({
    exitCode: 3,
    message: expect.stringMatching(/registry\.invalid/),
  });
});

const patience = { stallMs: 5000, leastBytes: 1, retries: 0, lostMs: 6000, pauseMs: 1 };

it.each(['169.254.169.254', 'fe80::1', 'fd00:ec2::254'])('refuses a name that leads to %s', async (address) => {
  const failure = await new Promise((resolve) => guardedLookup(address, { all: true }, resolve));
  expect(failure).toMatchObject({ code: 'ERR_REFUSED_ADDRESS' });
});

it('lets other names pass, one address or all', async () => {
  const one = await new Promise((resolve) => guardedLookup('127.0.0.1', {}, (...answer) => resolve(answer)));
  expect(one).toEqual([null, '127.0.0.1', 4]);
  const all = await new Promise((resolve) => guardedLookup('127.0.0.1', { all: true }, (...answer) => resolve(answer)));
  expect(all).toEqual([null, [{ address: '127.0.0.1', family: 4 }], undefined]);
});

it('goes through the proxy that the environment names', async () => {
  const asked: string[] = [];
  const proxy = createServer();
  proxy.on('connect', (request, socket) => {
    asked.push(String(request.url));
    socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n');
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  const { port } = proxy.address() as AddressInfo;
  const effects = registryEffects({ HTTPS_PROXY: `http://me:hunter2@127.0.0.1:${port}` });
  const failure = await openRegistryImage('registry.invalid/app', effects, { patience }).catch(
    (error: unknown) => error,
  );
  proxy.close();
  expect(asked).toEqual(['registry.invalid:443']);
  expect(failure).toMatchObject({ name: 'UserError', exitCode: 3 });
  expect(String(failure)).not.toContain('hunter2');
});
