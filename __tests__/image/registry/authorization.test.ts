import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { readImage } from '../../../src/image/read-image.ts';
import type { Credentials } from '../../../src/image/registry/credentials.ts';
import { openRegistryImage } from '../../../src/image/registry/open-registry-image.ts';
import {
  type Exchange,
  type FakeEffects,
  FakeRegistry,
  fakeEffects,
  hasty,
  refuse,
} from '../../support/fake-registry.ts';
import { file, layer } from '../../support/image-builder.ts';
import { layoutOf } from '../../support/image-files.ts';

const basic: Credentials = { kind: 'basic', username: 'me', password: 'pass:wörd' };
const basicHeader = `Basic ${Buffer.from('me:pass:wörd').toString('base64')}`;
const layout = layoutOf([layer(file('/a', 9000)), layer(file('/b', 300))]);

let registry: FakeRegistry;
let service: FakeRegistry;
let effects: FakeEffects;
beforeEach(async () => {
  registry = new FakeRegistry();
  service = new FakeRegistry();
  await Promise.all([registry.start(), service.start()]);
  registry.push('team/app', 'v1', layout);
});
afterEach(() => Promise.all([registry.stop(), service.stop()]));

async function read(credentials: Credentials | null = null) {
  effects = fakeEffects({ credentials });
  const { source, roots } = await openRegistryImage(`${registry.host}/team/app:v1`, effects, { patience: hasty });
  return readImage(source, roots);
}

/** Answers only those who carry one of these. */
function demand(challenge: string, accepted: () => string) {
  return ({ request, response, serve }: Exchange) => {
    if (request.headers.authorization === accepted()) serve();
    else refuse(response, 401, 'UNAUTHORIZED', { 'www-authenticate': challenge });
  };
}

type TokenQuestion = { readonly url: URL; readonly authorization: string; readonly form: URLSearchParams };

/** A token service that gives `token-1`, `token-2`, … and notes what it was asked. */
function issueTokens(field: 'token' | 'access_token' = 'token'): {
  readonly questions: TokenQuestion[];
  latest: string;
} {
  const issued = { questions: [] as TokenQuestion[], latest: 'none yet' };
  service.fault = async ({ request, response }) => {
    let body = '';
    for await (const chunk of request) body += String(chunk);
    const url = new URL(request.url ?? '', 'http://service');
    issued.questions.push({ url, authorization: request.headers.authorization ?? '', form: new URLSearchParams(body) });
    issued.latest = `Bearer token-${issued.questions.length}`;
    response.writeHead(200).end(JSON.stringify({ [field]: `token-${issued.questions.length}` }));
  };
  return issued;
}

function bearer(scope = ',scope="repository:team/app:pull"'): string {
  return `Bearer realm="http://${service.host}/token?a=b",service="the registry"${scope}`;
}

describe('basic authorization', () => {
  it('is sent once it was asked for, to the registry', async () => {
    registry.fault = demand('Basic realm="r"', () => basicHeader);
    expect((await read(basic)).layers).toHaveLength(2);
    expect(registry.authorizations.filter((each) => each === '')).toHaveLength(1);
  });

  it('that is refused says where it came from, and not what it is', async () => {
    registry.fault = demand('Basic realm="r"', () => 'nobody');
    const failure = await read(basic).catch((error: unknown) => error);
    expect(failure).toMatchObject({
      exitCode: 3,
      message: `${registry.host} refuses to show team/app (401): the credentials in /home/me/.docker/config.json are not accepted, or do not reach that far`,
      hint: expect.stringContaining(`docker login ${registry.host}`),
    });
    expect(String(failure)).not.toContain('pass');
    expect(registry.asked).toHaveLength(2);
  });

  it('that is not there says where it was looked for', async () => {
    registry.fault = demand('Basic realm="r"', () => basicHeader);
    await expect(read(null)).rejects.toMatchObject({
      exitCode: 3,
      message: `${registry.host} refuses to show team/app (401): no credentials for ${registry.host} were found (looked in /home/me/.docker/config.json)`,
    });
  });

  it.each(['', 'Negotiate', 'Digest realm="x", nonce="y"', '"'])(
    'is not sent for the challenge %j',
    async (challenge) => {
      registry.fault = demand(challenge, () => basicHeader);
      await expect(read(basic)).rejects.toMatchObject({ exitCode: 3 });
      expect(new Set(registry.authorizations)).toEqual(new Set(['']));
    },
  );

  it('says 403 in the same way', async () => {
    registry.fault = ({ response }) => refuse(response, 403, 'DENIED');
    await expect(read(null)).rejects.toMatchObject({
      message: expect.stringContaining('refuses to show team/app (403)'),
    });
  });
});

describe('bearer tokens', () => {
  it.each(['token', 'access_token'] as const)('are asked for anonymously, and come as %s', async (field) => {
    const issued = issueTokens(field);
    registry.fault = demand(bearer(), () => 'Bearer token-1');
    expect((await read(null)).layers).toHaveLength(2);
    expect(issued.questions).toHaveLength(1);
    expect(issued.questions[0]).toMatchObject({ authorization: '' });
    expect(Object.fromEntries(issued.questions[0]?.url.searchParams ?? [])).toEqual({
      a: 'b',
      service: 'the registry',
      scope: 'repository:team/app:pull',
    });
  });

  it('are asked for with name and password, which the registry never sees', async () => {
    const issued = issueTokens();
    registry.fault = demand(bearer(''), () => 'Bearer token-1');
    await read(basic);
    expect(issued.questions[0]).toMatchObject({ authorization: basicHeader });
    expect(issued.questions[0]?.url.searchParams.get('scope')).toBe('repository:team/app:pull');
    expect(new Set(registry.authorizations)).toEqual(new Set(['', 'Bearer token-1']));
  });

  it('are asked for with a refresh token in a form', async () => {
    const issued = issueTokens('access_token');
    registry.fault = demand(bearer(), () => 'Bearer token-1');
    await read({ kind: 'identity-token', token: 'refresh' });
    expect(issued.questions[0]?.authorization).toBe('');
    expect(Object.fromEntries(issued.questions[0]?.form ?? [])).toEqual({
      grant_type: 'refresh_token',
      refresh_token: 'refresh',
      client_id: 'stagegate',
      service: 'the registry',
      scope: 'repository:team/app:pull',
    });
  });

  it('that the config has ready are sent as they are', async () => {
    registry.fault = demand(bearer(), () => 'Bearer ready');
    await read({ kind: 'registry-token', token: 'ready' });
    expect(service.asked).toEqual([]);
  });

  it('that expire in the middle are asked for anew, once for all', async () => {
    const issued = issueTokens();
    let valid = 3;
    registry.fault = (exchange) => {
      if (exchange.request.headers.authorization === issued.latest && valid-- > 0) exchange.serve();
      else if (exchange.request.headers.authorization === 'Bearer token-2') exchange.serve();
      else refuse(exchange.response, 401, 'UNAUTHORIZED', { 'www-authenticate': bearer() });
    };
    expect((await read(basic)).layers).toHaveLength(2);
    expect(issued.questions).toHaveLength(2);
  });

  it('that are never accepted end it', async () => {
    const issued = issueTokens();
    registry.fault = demand(bearer(), () => 'nobody');
    await expect(read(basic)).rejects.toMatchObject({ exitCode: 3, message: expect.stringContaining('(401)') });
    expect(issued.questions).toHaveLength(1);
  });

  it.each([
    ['refuses', 401, '{}', 'refuses to show team/app (401): the credentials in'],
    ['is broken', 500, '{}', 'answers with status 500 (tried 4 times)'],
    ['gives none', 200, '{}', 'answers without a token'],
    ['gives one with a line break', 200, '{"token":"a\\nb"}', 'answers without a token'],
    ['answers with a web page', 200, '<html>', 'answers without a token'],
    ['redirects round and round', 302, '', 'redirects more than 5 times'],
  ])('from a service that %s: one clear error', async (_, status, body, message) => {
    registry.fault = demand(bearer(), () => 'nobody');
    service.fault = ({ response }) => response.writeHead(status, { location: `http://${service.host}/x` }).end(body);
    await expect(read(basic)).rejects.toMatchObject({ exitCode: 3, message: expect.stringContaining(message) });
  });

  it.each([
    ['http://token.test/token', 'is not encrypted (http://token.test)'],
    ['nowhere', 'has no address in it'],
    ['https://169.254.169.254/token', 'metadata service'],
    ['http://169.254.169.254/token', 'is not encrypted'],
    ['https://me:pw@token.test/', 'a user name stands in it'],
    ['file:///etc/passwd', 'is not encrypted'],
  ])('are not asked for at %s', async (realm, message) => {
    registry.fault = demand(`Bearer realm="${realm}"`, () => 'nobody');
    await expect(read(basic)).rejects.toMatchObject({ exitCode: 3, message: expect.stringContaining(message) });
  });
});

describe('redirects', () => {
  /** Sends whoever asks for a blob to this address. */
  function redirectBlobs(to: (path: string) => string) {
    const check = demand('Basic realm="r"', () => basicHeader);
    registry.fault = (exchange) => {
      if (!exchange.path.includes('/blobs/')) check(exchange);
      else exchange.response.writeHead(307, { location: to(exchange.path) }).end();
    };
  }

  it('to another host are followed without the authorization', async () => {
    service.push('team/app', 'v1', layout);
    redirectBlobs((path) => `http://${service.host}/v2/${path}`);
    expect((await read(basic)).layers).toHaveLength(2);
    expect(service.asked).toHaveLength(3);
    expect(new Set(service.authorizations)).toEqual(new Set(['']));
  });

  it('away and back do not bring it back', async () => {
    redirectBlobs(() => `http://${service.host}/there`);
    service.fault = ({ response }) => response.writeHead(302, { location: `http://${registry.host}/back` }).end();
    const { length } = registry.asked;
    await read(basic).catch(() => {});
    const back = registry.asked.flatMap((path, at) => (path === '/back' ? [registry.authorizations[at]] : []));
    expect(registry.asked.length).toBeGreaterThan(length);
    expect(new Set(back)).toEqual(new Set(['']));
  });

  it.each([
    ['round and round', (): string => '/v2/again', 'redirects more than 5 times'],
    ['to a metadata service', () => 'http://169.254.169.254/latest/meta-data', 'metadata service'],
    ['to one by another spelling', () => 'http://0xa9fea9fe/latest', 'metadata service'],
    ['to a file', () => 'file:///etc/passwd', 'no way to reach a registry'],
    ['to another machine without TLS', () => 'http://storage.test/x', 'it is not encrypted'],
    ['with a name and password', () => 'https://a:b@storage.test/x', 'a user name stands in it'],
    ['to nonsense', () => 'http://[', 'is no address'],
  ])('%s are refused', async (_, to, message) => {
    redirectBlobs(to);
    const check = registry.fault;
    registry.fault = (exchange) => {
      if (exchange.path === 'again') exchange.response.writeHead(302, { location: '/v2/again' }).end();
      else check?.(exchange);
    };
    await expect(read(basic)).rejects.toMatchObject({ exitCode: 3, message: expect.stringContaining(message) });
  });

  it('from https to http are refused', async () => {
    effects = fakeEffects();
    const secure: FakeEffects = {
      ...effects,
      fetch: (url, request) => fetch(url.replace('https://registry.test', `http://${registry.host}`), request),
    };
    registry.fault = ({ response }) => response.writeHead(302, { location: `http://${service.host}/x` }).end();
    await expect(openRegistryImage('registry.test/team/app', secure)).rejects.toMatchObject({
      exitCode: 3,
      message: expect.stringContaining('redirects from https to http'),
    });
    expect(service.asked).toEqual([]);
  });
});
