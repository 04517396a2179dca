import { rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { askCredentialHelper } from '../../src/exec/credential-helper.ts';
import { dockerCredentials } from '../../src/exec/docker-credentials.ts';
import { type DockerHome, dockerHome } from '../support/fake-helper.ts';

let home: DockerHome;
beforeEach(() => {
  home = dockerHome();
});
afterEach(() => home.remove());

const me = { kind: 'basic', username: 'me', password: 'pw' };
const auths = { 'ghcr.io': { auth: Buffer.from('me:pw').toString('base64') } };
const find = (host = 'ghcr.io', env = home.env) => dockerCredentials(env)({ host, scheme: 'https' });

describe('dockerCredentials', () => {
  it('finds what docker login left in the home', async () => {
    home.writeConfig({ auths });
    expect(await find()).toEqual({ credentials: me, place: home.path });
    expect(await find('quay.io')).toEqual({ credentials: null, place: home.path });
  });

  it('looks in DOCKER_CONFIG first', async () => {
    home.writeConfig({ auths });
    const env = { ...home.env, HOME: '/nowhere', DOCKER_CONFIG: dirname(home.path) };
    expect(await find('ghcr.io', env)).toEqual({ credentials: me, place: home.path });
  });

  it.each([
    ['is missing', null, 'cannot be read, or is not there'],
    ['is no JSON', 'auths: {}', 'is not as Docker writes it'],
    ['has another shape', '{"auths":[1]}', 'is not as Docker writes it'],
  ])('says that the config %s, and goes on without', async (_, text, trouble) => {
    if (text === null) rmSync(home.path, { force: true });
    else home.writeConfig(text);
    expect(await find()).toEqual({ credentials: null, place: home.path, trouble: `${home.path} ${trouble}` });
  });

  it('asks the helper of the registry, by argument and standard input', async () => {
    home.addHelper('one', `say({ ServerURL: server, Username: args.join() + ' ' + server, Secret: 'x' });`);
    home.writeConfig({ auths, credHelpers: { 'ghcr.io': 'one' } });
    expect(await find()).toEqual({
      credentials: { kind: 'basic', username: 'get ghcr.io', password: 'x' },
      place: 'docker-credential-one',
    });
  });

  it('takes a refresh token from a helper', async () => {
    home.addHelper('all', `say({ Username: '<token>', Secret: server });`);
    home.writeConfig({ credsStore: 'all' });
    expect((await find('docker.io')).credentials).toEqual({
      kind: 'identity-token',
      token: 'https://index.docker.io/v1/',
    });
  });

  it('takes what the file has where the helper has nothing', async () => {
    home.addHelper('all', `say('credentials not found in native keychain'); end(1);`);
    home.writeConfig({ auths, credsStore: 'all' });
    expect((await find()).credentials).toEqual(me);
    expect(await find('quay.io')).toEqual({ credentials: null, place: home.path });
  });

  it('says what is wrong with a helper, without its words', async () => {
    home.addHelper('all', `say('the password is hunter2'); end(1);`);
    home.writeConfig({ credsStore: 'all' });
    expect(await find()).toEqual({ credentials: null, place: home.path, trouble: 'docker-credential-all failed' });
  });
});

describe('askCredentialHelper', () => {
  const ask = (name: string, timeLimit?: number) =>
    askCredentialHelper({ name, server: 'ghcr.io', env: home.env, ...(timeLimit === undefined ? {} : { timeLimit }) });

  it.each(['', '../evil', '/bin/sh', '-x', 'a b', 'a\0b', 'a/../b'])('never starts the impossible %j', async (name) => {
    expect(await ask(name)).toEqual({ kind: 'trouble', trouble: 'the Docker config names an impossible helper' });
  });

  it.each([
    ['is not there', null, 'is not on PATH'],
    ['says nothing', '', 'gave no credentials'],
    ['says nonsense', `say('{]')`, 'gave no credentials'],
    ['says half', `say({ Username: 'me' })`, 'gave no credentials'],
    ['fails', 'end(3)', 'failed'],
    ['says too much', `for (;;) say('x'.repeat(65536))`, 'said too much'],
    ['hangs', 'setInterval(() => {}, 1000)', 'gave no answer within 1 s'],
  ])('does not fail with a helper that %s', async (_, script, trouble) => {
    if (script !== null) home.addHelper('one', script);
    expect(await ask('one', 1000)).toEqual({ kind: 'trouble', trouble: `docker-credential-one ${trouble}` });
  });

  it('does not mind a helper that does not read', async () => {
    home.addHelper('one', '');
    const { writeFileSync } = await import('node:fs');
    writeFileSync(
      join(home.env.PATH ?? '', 'docker-credential-one'),
      `#!/bin/sh\necho '{"Username":"me","Secret":"pw"}'\n`,
    );
    expect(await ask('one')).toEqual({ kind: 'found', username: 'me', secret: 'pw' });
  });
});
