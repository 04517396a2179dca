import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { uploadArtifact } from '../../src/baseline/artifact-service.ts';
import { readOnlyFile } from '../../src/baseline/read-zip.ts';
import { guardedFetch } from '../../src/network/guarded-fetch.ts';
import { ArtifactServer } from '../support/artifact-server.ts';

const bounds = { mostBytes: 1_000_000, mostRatio: 200 };
let server: ArtifactServer;
beforeEach(async () => {
  server = new ArtifactServer();
  await server.start();
});
afterEach(() => server.stop());

const upload = (
  name: string,
  text: string,
  env: Readonly<Record<string, string | undefined>> = server.environment(),
  timeLimitMs = 10_000,
) => uploadArtifact(name, text, { env, fetch: guardedFetch({}), timeLimitMs, pauseMs: 1 });

describe('uploadArtifact', () => {
  it('leaves the text as the one file of an archive, with its hash and size', async () => {
    expect(await upload('stagegate-baseline', '{"schemaVersion":1}')).toEqual({ value: true });
    const [artifact] = server.artifacts;
    expect(String(await readOnlyFile(artifact?.bytes ?? Buffer.alloc(0), bounds))).toBe('{"schemaVersion":1}');
    const hash = createHash('sha256')
      .update(artifact?.bytes ?? '')
      .digest('hex');
    expect(artifact).toMatchObject({
      name: 'stagegate-baseline',
      hash: `sha256:${hash}`,
      size: artifact?.bytes.length,
    });
  });

  it('sends the token of the run to the service, and not to the store', async () => {
    await upload('stagegate-baseline', '{}');
    expect(server.authorized).toEqual({ service: 2, store: 0 });
  });

  it('says that one of that name was there', async () => {
    await upload('stagegate-baseline', 'first');
    expect(await upload('stagegate-baseline', 'second')).toEqual({ value: false });
    expect(String(await readOnlyFile(server.artifacts[0]?.bytes ?? Buffer.alloc(0), bounds))).toBe('first');
  });

  it.each(['create', 'block', 'blocklist', 'finalize'] as const)('tries %s again when it fails twice', async (step) => {
    server.fail(step, 503, 2);
    expect(await upload('stagegate-baseline', '{}')).toEqual({ value: true });
  });

  it.each([
    ['create', 500, 'could not be left: the service answered 500'],
    ['create', 403, 'could not be left: the service answered 403'],
    ['block', 403, 'could not be left: its store answered 403'],
    ['finalize', 500, 'could not be left: the service answered 500'],
  ] as const)('says what %s met: %s', async (step, fault, failure) => {
    server.fail(step, fault, 9);
    expect(await upload('stagegate-baseline', '{}')).toEqual({ failure });
  });

  it('does not take its own creation for that of another when the answer was lost', async () => {
    server.fail('create', 'lose', 1);
    expect(await upload('stagegate-baseline', '{}')).toEqual({
      failure: 'could not be left: the answer to its creation was lost, and it can be created only once',
    });
  });

  it('does not wait for ever', async () => {
    server.fail('create', 'hang', 9);
    expect(await upload('stagegate-baseline', '{}', server.environment(), 300)).toEqual({
      failure: 'could not be left: no answer within 0.3 s',
    });
  });

  it.each<[string, Readonly<Record<string, string | undefined>>]>([
    ['no address', { ACTIONS_RESULTS_URL: undefined }],
    ['no token', { ACTIONS_RUNTIME_TOKEN: undefined }],
    ['a token for something else', { ACTIONS_RUNTIME_TOKEN: 'a.e30.c' }],
  ])('says that a runner with %s keeps none', async (_, env) => {
    const failure = 'could not be left: this runner keeps none';
    expect(await upload('stagegate-baseline', '{}', { ...server.environment(), ...env })).toEqual({ failure });
    expect(server.artifacts).toEqual([]);
  });

  it('says that nobody is there', async () => {
    const env = { ...server.environment(), ACTIONS_RESULTS_URL: 'http://127.0.0.1:9/' };
    expect(await upload('stagegate-baseline', '{}', env)).toEqual({
      failure: expect.stringMatching(/^could not be left: .*(ECONNREFUSED|bad port)/),
    });
  });
});
