import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { readImage } from '../../../src/image/read-image.ts';
import { openRegistryImage } from '../../../src/image/registry/open-registry-image.ts';
import {
  type FakeEffects,
  FakeRegistry,
  fakeEffects,
  hasty,
  refuse,
  serveStored,
} from '../../support/fake-registry.ts';
import { file, layer, sha256 } from '../../support/image-builder.ts';
import { addBlob, layoutOf } from '../../support/image-files.ts';

const indexType = 'application/vnd.oci.image.index.v1+json';
const base = layer(file('/etc/os-release', 'ID=test\n'), file('/a', 9000));
const top = layer(file('/b', 300));
const amd = layoutOf([base, top], { platform: 'linux/amd64' });
const arm = layoutOf([base], { platform: 'linux/arm64' });

let registry: FakeRegistry;
let effects: FakeEffects;
beforeEach(async () => {
  registry = new FakeRegistry();
  effects = fakeEffects();
  await registry.start();
  registry.push('team/app', 'v1', amd);
});
afterEach(() => registry.stop());

async function read(name: string, platform?: string) {
  const { source, roots } = await openRegistryImage(`${registry.host}/${name}`, effects, { patience: hasty });
  return readImage(source, roots, { platform });
}

/** Puts an index of both platforms and an attestation under the tag `multi`. */
function pushIndex(): string {
  const blobs = new Map([...amd.blobs, ...arm.blobs]);
  const attestation = addBlob(blobs, 'application/vnd.oci.image.manifest.v1+json', { layers: [] });
  const annotations = { 'vnd.docker.reference.type': 'attestation-manifest' };
  const manifests = [amd.descriptor, arm.descriptor, { ...attestation, annotations }];
  const descriptor = addBlob(blobs, indexType, { schemaVersion: 2, mediaType: indexType, manifests });
  registry.push('team/app', 'multi', { blobs, descriptor });
  return String(descriptor.digest);
}

describe('openRegistryImage', () => {
  it('reads an image by tag, each document and blob once', async () => {
    const image = await read('team/app:v1');
    expect(image.digest).toBe(amd.descriptor.digest);
    expect(image.layers.map(({ digest, unpackedBytes }) => [digest, unpackedBytes])).toEqual([
      [amd.layerDigests[0], 9008],
      [amd.layerDigests[1], 300],
    ]);
    const path = (digest: string | undefined) => `team/app/blobs/${digest}`;
    const [manifest, ...blobs] = registry.asked.filter((asked) => asked !== '');
    expect(manifest).toBe('team/app/manifests/v1');
    expect(blobs.sort()).toEqual([amd.configDigest, ...amd.layerDigests].map(path).sort());
  });

  it('reads an image by digest', async () => {
    expect((await read(`team/app@${amd.descriptor.digest}`)).digest).toBe(amd.descriptor.digest);
  });

  it('sends neither credentials nor questions that nobody asked for', async () => {
    await read('team/app:v1');
    expect(new Set(registry.authorizations)).toEqual(new Set(['']));
  });

  it('fetches of an index what the wanted platform needs, and nothing else', async () => {
    pushIndex();
    const image = await read('team/app:multi', 'linux/arm64');
    expect(image.digest).toBe(arm.descriptor.digest);
    expect(registry.asked.filter((path) => path.includes('/manifests/'))).toEqual([
      'team/app/manifests/multi',
      `team/app/manifests/${arm.descriptor.digest}`,
    ]);
  });

  it('names the platforms without fetching them', async () => {
    pushIndex();
    await expect(read('team/app:multi', 'linux/s390x')).rejects.toMatchObject({
      exitCode: 2,
      message: `the registry image ${registry.host}/team/app:multi has no image for linux/s390x`,
      hint: 'It has: linux/amd64, linux/arm64.',
    });
    expect(registry.asked.filter((path) => path.includes('/manifests/'))).toEqual(['team/app/manifests/multi']);
  });

  it('reads a manifest whose type nobody says', async () => {
    const untyped = new Map<string, Buffer>();
    const manifest = JSON.parse(String(amd.blobs.get(String(amd.descriptor.digest))));
    const descriptor = addBlob(untyped, '', { ...manifest, mediaType: undefined });
    registry.push('team/app', 'untyped', { blobs: untyped, descriptor });
    registry.stored.set('team/app/manifests/untyped', {
      contentType: 'text/plain',
      bytes: untyped.get(String(descriptor.digest)) ?? Buffer.alloc(0),
    });
    expect((await read('team/app:untyped')).layers).toHaveLength(2);
  });
});

describe('a registry that lies', () => {
  const other = Buffer.from('{"schemaVersion":2,"manifests":[]}');

  it('cannot give another manifest than the pinned one', async () => {
    const path = `team/app/manifests/${amd.descriptor.digest}`;
    registry.stored.set(path, { contentType: indexType, bytes: other });
    await expect(read(`team/app@${amd.descriptor.digest}`)).rejects.toMatchObject({
      exitCode: 3,
      message: expect.stringContaining(`it should be ${amd.descriptor.digest} and is sha256:${sha256(other)}`),
    });
  });

  it('cannot claim another digest than that of the bytes', async () => {
    const claim = `sha256:${'0'.repeat(64)}`;
    registry.fault = ({ response }) => {
      response.writeHead(200, { 'content-type': indexType, 'docker-content-digest': claim }).end(other);
    };
    await expect(read('team/app:v1')).rejects.toMatchObject({ exitCode: 3, message: expect.stringContaining(claim) });
  });

  it.each(['the config', 'layer 0'])('cannot change a byte of %s', async (what) => {
    const digest = what === 'the config' ? amd.configDigest : (amd.layerDigests[0] ?? '');
    const bytes = Buffer.from(amd.blobs.get(digest) ?? '');
    const last = bytes.length - (what === 'the config' ? 1 : 30);
    bytes[last] = (bytes[last] ?? 0) ^ 1;
    registry.stored.set(`team/app/blobs/${digest}`, { contentType: 'application/octet-stream', bytes });
    await expect(read('team/app:v1')).rejects.toMatchObject({ name: 'UserError', exitCode: 3 });
  });

  it.each([
    ['a web page', 'text/html', '<!doctype html><title>hi</title>', 'answers with a web page'],
    ['a web page that says that it is JSON', 'application/json', '\n<html>', 'answers with a web page'],
    ['nonsense', 'application/json', 'nonsense', 'it is not JSON'],
    [
      'the first format',
      'application/vnd.docker.distribution.manifest.v1+prettyjws',
      '{"schemaVersion":1}',
      'first format',
    ],
    ['two types', indexType, '{"mediaType":"application/vnd.oci.image.manifest.v1+json"}', 'it says that it is'],
    ['an artifact', 'application/vnd.example+json', '{"schemaVersion":2}', 'holds no image'],
  ])('is told apart: %s', async (_, contentType, text, message) => {
    registry.stored.set('team/app/manifests/v1', { contentType, bytes: Buffer.from(text) });
    await expect(read('team/app:v1')).rejects.toMatchObject({
      name: 'UserError',
      message: expect.stringContaining(message),
    });
  });

  it('cannot send a document without end', async () => {
    registry.fault = ({ response }) => {
      response.writeHead(200, { 'content-type': indexType });
      const more = () => {
        if (!response.destroyed) response.write(Buffer.alloc(1 << 20, ' '), more);
      };
      more();
    };
    await expect(read('team/app:v1')).rejects.toMatchObject({
      exitCode: 3,
      message: expect.stringContaining('sends more than the 8388608 bytes'),
    });
  });

  it('cannot promise a document of 100 GB in an index', async () => {
    const descriptor = { ...amd.descriptor, size: 1e11 };
    registry.stored.set('team/app/manifests/v1', {
      contentType: indexType,
      bytes: Buffer.from(JSON.stringify({ manifests: [descriptor] })),
    });
    await expect(read('team/app:v1')).rejects.toMatchObject({
      exitCode: 3,
      message: expect.stringContaining('at most'),
    });
  });

  it('cannot send headers without end', async () => {
    registry.fault = ({ request }) => {
      request.socket.write('HTTP/1.1 200 OK\r\n');
      const more = () => {
        if (!request.socket.destroyed) request.socket.write(`x-${'a'.repeat(1000)}: b\r\n`, more);
      };
      request.socket.on('error', () => {});
      more();
    };
    await expect(read('team/app:v1')).rejects.toMatchObject({
      exitCode: 3,
      message: expect.stringContaining('sends headers without end'),
    });
  });

  it('cannot drip headers for ever', async () => {
    registry.fault = ({ request }) => {
      request.socket.write('HTTP/1.1 200 OK\r\n');
      const timer = setInterval(() => request.socket.write('a: b\r\n'), 20);
      request.socket.on('error', () => {});
      request.socket.on('close', () => clearInterval(timer));
    };
    await expect(read('team/app:v1')).rejects.toMatchObject({
      exitCode: 3,
      message: `${registry.host} sent nothing for 1 s (tried 4 times)`,
    });
  });
});

describe('a registry that refuses', () => {
  it('to show a tag: says what may be wrong', async () => {
    await expect(read('team/app:v2')).rejects.toMatchObject({
      exitCode: 3,
      message: `${registry.host}/team/app:v2 does not exist, or may not be seen by everyone`,
      hint: expect.stringContaining(`docker login ${registry.host}`),
    });
  });

  it('to be busy for a moment: is asked again after the time that it asks for', async () => {
    let refusals = 0;
    registry.fault = ({ path, request, response, stored }) => {
      if (path.endsWith('/v1') && refusals++ < 2) refuse(response, 429, 'TOOMANYREQUESTS', { 'retry-after': '7' });
      else serveStored(request, response, stored);
    };
    expect((await read('team/app:v1')).digest).toBe(amd.descriptor.digest);
    expect(effects.pauses).toEqual([7000, 7000]);
  });

  it('with 503: is asked again after growing pauses, three times', async () => {
    registry.fault = ({ response }) => refuse(response, 503, 'UNAVAILABLE');
    await expect(read('team/app:v1')).rejects.toMatchObject({
      exitCode: 3,
      message: `${registry.host} answers with status 503, UNAVAILABLE (tried 4 times)`,
    });
    expect(effects.pauses).toEqual([1000, 2000, 4000]);
  });

  it('for an hour: is not waited for', async () => {
    registry.fault = ({ response }) => refuse(response, 429, 'TOOMANYREQUESTS', { 'retry-after': '3600' });
    await expect(read('team/app:v1')).rejects.toMatchObject({
      exitCode: 3,
      message: `${registry.host} has had enough questions from here for now (429, TOOMANYREQUESTS)`,
      hint: expect.stringContaining('rate limit'),
    });
    expect(effects.pauses).toEqual([]);
  });

  it('never gets its own words shown', async () => {
    registry.fault = ({ response }) => refuse(response, 418, 'my-secret');
    await expect(read('team/app:v1')).rejects.toMatchObject({ message: `${registry.host} answers with status 418` });
  });
});

describe('a registry that cannot be reached', () => {
  const open = (name: string) => openRegistryImage(name, effects, { patience: hasty });

  it('because nothing listens', async () => {
    const { port } = registry;
    await registry.stop();
    await expect(open(`127.0.0.1:${port}/app`)).rejects.toMatchObject({
      exitCode: 3,
      message: `127.0.0.1:${port} cannot be reached (ECONNREFUSED)`,
    });
    await registry.start();
  });

  it.each([
    ['ENOTFOUND', 'There is no host named registry.test (ENOTFOUND)', 0],
    ['EAI_AGAIN', 'The name registry.test cannot be looked up now (EAI_AGAIN) (tried 4 times)', 3],
    ['ECONNRESET', 'The connection to registry.test broke (ECONNRESET) (tried 4 times)', 3],
    ['SELF_SIGNED_CERT_IN_CHAIN', 'The certificate of registry.test is not trusted (SELF_SIGNED_CERT_IN_CHAIN)', 0],
    ['ERR_SSL_WRONG_VERSION_NUMBER', 'registry.test does not speak TLS (ERR_SSL_WRONG_VERSION_NUMBER)', 0],
    ['HPE_INVALID_CONSTANT', 'registry.test answers with something that is not HTTP (HPE_INVALID_CONSTANT)', 0],
  ])('because of %s', async (code, message, pauses) => {
    effects = {
      ...effects,
      fetch: async () => {
        throw new TypeError('fetch failed', { cause: Object.assign(new Error('x'), { code }) });
      },
    };
    await expect(open('registry.test/app')).rejects.toMatchObject({ exitCode: 3, message });
    expect(effects.pauses).toHaveLength(pauses);
  });

  it('is no bug of theirs: that is thrown as it is', async () => {
    const bug = new TypeError('x is not a function');
    effects = { ...effects, fetch: async () => Promise.reject(bug) };
    await expect(open('registry.test/app')).rejects.toBe(bug);
  });

  it('ends at once when it is told to', async () => {
    const stop = new AbortController();
    registry.fault = () => stop.abort();
    const opening = openRegistryImage(`${registry.host}/app`, effects, { signal: stop.signal, plainHttp: true });
    await expect(opening).rejects.toMatchObject({ name: 'AbortError' });
  });
});

describe('plain HTTP', () => {
  const asked: string[] = [];
  beforeEach(() => {
    asked.length = 0;
    effects = {
      ...effects,
      fetch: (url, request) => {
        asked.push(new URL(url).origin);
        return fetch(url.replace(/^https?:\/\/registry.test/, `http://${registry.host}`), request);
      },
    };
  });

  it('is spoken to this machine, once TLS was tried', async () => {
    await read('team/app:v1');
    expect([...new Set(asked)]).toEqual([`https://${registry.host}`, `http://${registry.host}`]);
  });

  it('is not spoken to others', async () => {
    await openRegistryImage('registry.test/team/app:v1', effects);
    expect([...new Set(asked)]).toEqual(['https://registry.test']);
  });

  it('is, when it was asked for', async () => {
    await openRegistryImage('registry.test/team/app:v1', effects, { plainHttp: true });
    expect([...new Set(asked)]).toEqual(['http://registry.test']);
  });

  it.each(['169.254.169.254', '[fd00:ec2::254]', 'metadata.google.internal', '100.100.100.200'])(
    'or any other is never spoken to %s',
    async (host) => {
      await expect(openRegistryImage(`${host}/app`, effects, { plainHttp: true })).rejects.toMatchObject({
        exitCode: 3,
        message: expect.stringContaining('metadata service'),
      });
      expect(asked).toEqual([]);
    },
  );
});
