import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  credentialHelper,
  credentialsOf,
  parseDockerConfig,
  storedCredentials,
} from '../../../src/image/registry/docker-config.ts';

const auth = Buffer.from('me:p:w').toString('base64');
const me = { kind: 'basic', username: 'me', password: 'p:w' };

function stored(auths: object, host: string, scheme: 'http' | 'https' = 'https') {
  const config = parseDockerConfig(JSON.stringify({ auths }));
  return config && storedCredentials(config, { host, scheme });
}

describe('storedCredentials', () => {
  it.each([
    ['ghcr.io', 'ghcr.io'],
    ['https://ghcr.io', 'ghcr.io'],
    ['https://ghcr.io/v2/', 'ghcr.io'],
    ['https://index.docker.io/v1/', 'docker.io'],
    ['index.docker.io', 'docker.io'],
    ['docker.io', 'docker.io'],
    ['registry-1.docker.io', 'docker.io'],
    ['localhost:5000', 'localhost:5000'],
  ])('finds those of %s for %s', (key, host) => {
    expect(stored({ [key]: { auth } }, host)).toEqual(me);
  });

  it.each([
    ['ghcr.io', 'evil.ghcr.io'],
    ['ghcr.io', 'ghcr.io.evil.com'],
    ['ghcr.io', 'ghcr.io:444'],
    ['https://index.docker.io/v1/', 'index.docker.io.evil.com'],
    ['localhost:5000', 'localhost:5001'],
  ])('does not give those of %s to %s', (key, host) => {
    expect(stored({ [key]: { auth } }, host)).toBeNull();
  });

  it('does not give those of one scheme to the other', () => {
    expect(stored({ 'https://r.example': { auth } }, 'r.example', 'http')).toBeNull();
    expect(stored({ 'http://r.example': { auth } }, 'r.example', 'https')).toBeNull();
    expect(stored({ 'r.example': { auth } }, 'r.example', 'http')).toEqual(me);
  });

  it('prefers the exact key', () => {
    const other = { auth: Buffer.from('you:x').toString('base64') };
    expect(stored({ 'https://ghcr.io/v1/': other, 'ghcr.io': { auth } }, 'ghcr.io')).toEqual(me);
  });

  it.each([
    [{ username: 'me', password: 'p:w' }, me],
    [{ auth: Buffer.from('me:p:w\0\0').toString('base64') }, me],
    [
      { auth, identitytoken: 'refresh' },
      { kind: 'identity-token', token: 'refresh' },
    ],
    [{ registrytoken: 'ready' }, { kind: 'registry-token', token: 'ready' }],
    [{ registrytoken: 'a\nb' }, null],
    [{}, null],
    [null, null],
    [{ auth: 'bm9jb2xvbg==' }, null],
    [{ auth: '' }, null],
  ])('reads the entry %j', (entry, credentials) => {
    expect(stored({ 'ghcr.io': entry }, 'ghcr.io')).toEqual(credentials);
  });
});

describe('credentialHelper', () => {
  const config = parseDockerConfig(
    JSON.stringify({ credsStore: 'all', credHelpers: { 'ghcr.io': 'one', 'https://index.docker.io/v1/': 'hub' } }),
  );

  it.each([
    ['ghcr.io', { name: 'one', server: 'ghcr.io' }],
    ['quay.io', { name: 'all', server: 'quay.io' }],
    ['docker.io', { name: 'hub', server: 'https://index.docker.io/v1/' }],
  ])('knows that of %s', (host, expected) => {
    expect(config && credentialHelper(config, { host, scheme: 'https' })).toEqual(expected);
  });

  it('is null where none is named', () => {
    const plain = parseDockerConfig('{"auths":null,"credHelpers":null}');
    expect(plain && credentialHelper(plain, { host: 'ghcr.io', scheme: 'https' })).toBeNull();
  });
});

describe('credentialsOf', () => {
  it.each([
    ['me', 'x', { kind: 'basic', username: 'me', password: 'x' }],
    ['<token>', 'x', { kind: 'identity-token', token: 'x' }],
    ['me', '', null],
    ['', 'x', null],
  ])('takes %s with %j', (username, secret, credentials) => {
    expect(credentialsOf(username, secret)).toEqual(credentials);
  });
});

it('reads any JSON as a config or as none', () => {
  const auths = fc.dictionary(fc.constantFrom('ghcr.io', '__proto__', 'constructor'), fc.jsonValue());
  const config = fc.oneof(fc.json(), fc.string(), fc.record({ auths, credHelpers: auths, credsStore: fc.jsonValue() }));
  fc.assert(
    fc.property(config, (value) => {
      const read = parseDockerConfig(typeof value === 'string' ? value : JSON.stringify(value));
      if (!read) return;
      storedCredentials(read, { host: 'ghcr.io', scheme: 'https' });
      credentialHelper(read, { host: 'ghcr.io', scheme: 'https' });
    }),
  );
});
