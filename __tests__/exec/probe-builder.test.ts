import { afterEach, describe, expect, it } from '@jest/globals';
import { probeBuilder } from '../../src/exec/probe-builder.ts';
import { fixture } from '../build/fixtures.ts';
import { type FakeDocker, fakeDocker } from './fake-docker.ts';

let docker: FakeDocker | undefined;
afterEach(() => docker?.remove());

const buildx = { Name: 'buildx', Version: 'v0.29.1' };
const info = ({ plugins }: { plugins: readonly object[] }) =>
  `say(${JSON.stringify(`"default" [["driver-type","io.containerd.snapshotter.v1"]]\n${JSON.stringify(plugins)}`)})`;

const answers = (changes: Record<string, string> = {}) => {
  const parts = {
    version: `say('github.com/docker/buildx v0.29.1 abc')`,
    inspect: `say(${JSON.stringify(fixture('inspect-containerd.txt'))})`,
    info: info({ plugins: [{ Name: 'compose', Version: '2.40.0' }, buildx] }),
    ls: `say('NAME/NODE DRIVER\\ndefault* docker\\n \\\\_ default default\\nci remote')`,
    ...changes,
  };
  return Object.entries(parts)
    .map(([word, body]) => `if (args.includes('${word}')) { ${body} }`)
    .join('\n');
};

async function probe(script: string, builder?: string) {
  docker = fakeDocker(script);
  return probeBuilder({ builder, env: docker.env });
}

describe('the builder that was selected', () => {
  it('is described by what it answers', async () => {
    await expect(probe(answers())).resolves.toMatchObject({
      name: 'default',
      driver: 'docker',
      store: 'containerd',
      buildx: '0.29.1',
      exportsOci: true,
    });
  });

  it('is the one that was named, also with a name like an option', async () => {
    const body = `if (option('builder') !== '--x') end(9); say(${JSON.stringify(fixture('inspect-remote.txt'))})`;
    await expect(probe(answers({ inspect: body }), '--x')).resolves.toMatchObject({ driver: 'remote' });
  });

  it('needs no local daemon when it is elsewhere', async () => {
    const inspect = `say(${JSON.stringify(fixture('inspect-remote.txt'))})`;
    const info = `complain('Cannot connect to the Docker daemon at unix:///x.'); end(1)`;
    await expect(probe(answers({ inspect, info }))).resolves.toMatchObject({ driver: 'remote', exportsOci: true });
  });

  it('is asked everything at once', async () => {
    // Each question waits until both have been put; one after the other, the first would give up.
    const script = `
      const { readdirSync } = require('node:fs');
      writeFileSync(process.env.FAKE_FOLDER + '/' + args.join('').replace(/[^a-z]/g, ''), '');
      const giveUp = Date.now() + 20000;
      while (readdirSync(process.env.FAKE_FOLDER).length < 3) if (Date.now() > giveUp) end(1);
      ${answers()}`;
    await expect(probe(script)).resolves.toMatchObject({ driver: 'docker' });
  }, 30_000);

  it.each([
    ['does not list its plugins', `say('"default" null')`],
    ['cannot read one', info({ plugins: [{ Name: 'buildx', Err: 'exec format error' }] })],
    ['fails without a word', 'end(1)'],
  ])('is asked for the version of buildx where docker info %s', async (_, info) => {
    const version = `say('github.com/docker/buildx v0.30.0 abc')`;
    await expect(probe(answers({ info, version }))).resolves.toMatchObject({ buildx: '0.30.0' });
  });

  it('is not asked for the version of buildx where docker info says it, with or without a daemon', async () => {
    const version = `end(1)`;
    await expect(probe(answers({ version }))).resolves.toMatchObject({ buildx: '0.29.1' });
    docker?.remove();
    const inspect = `say(${JSON.stringify(fixture('inspect-remote.txt'))})`;
    const alone = `${info({ plugins: [buildx] })}; complain('Cannot connect to the Docker daemon.'); end(1)`;
    await expect(probe(answers({ version, inspect, info: alone }))).resolves.toMatchObject({ buildx: '0.29.1' });
  });

  it('is asked nothing more once nobody wants to know', async () => {
    const over = new AbortController();
    const asked: string[] = [];
    docker = fakeDocker('');
    const answer = probeBuilder({
      env: docker.env,
      signal: over.signal,
      probe: async (_, args) => {
        asked.push(args.slice(0, 2).join(' '));
        await new Promise(setImmediate);
        over.abort();
        return { exitCode: 1, stdout: '', stderr: 'no builder "nope" found' };
      },
    });
    await expect(answer).rejects.toMatchObject({ name: 'AbortError' });
    expect(asked).toEqual(['buildx inspect', expect.stringMatching(/^info /)]);
  });

  it.each<[string, string, string | undefined, { exitCode: number; message: string | RegExp; hint?: RegExp }]>([
    [
      'no plugin',
      `complain('docker: unknown command: docker buildx'); end(args[0] === 'info' ? 0 : 1)`,
      undefined,
      { exitCode: 3, message: 'Docker has no working buildx plugin: `docker buildx version` failed', hint: /Install/ },
    ],
    [
      'a plugin that is too old',
      answers({
        info: info({ plugins: [{ Name: 'buildx', Version: 'v0.12.1' }] }),
        inspect: `complain('unknown flag'); end(125)`,
      }),
      undefined,
      {
        exitCode: 3,
        message: 'The buildx plugin is version 0.12.1, and Stagegate needs 0.13 or newer',
        hint: /Update/,
      },
    ],
    [
      'a daemon that does not run',
      answers({
        inspect: `say('Name: default\\nDriver: \\nError: Cannot connect to the Docker daemon at unix:///x. Is the docker daemon running?\\n\\nNodes:')`,
        info: `complain('Cannot connect to the Docker daemon at unix:///x.'); end(1)`,
      }),
      undefined,
      { exitCode: 3, message: "Docker's daemon at unix:///x does not answer", hint: /Start Docker/ },
    ],
    [
      'a builder that does not boot',
      answers({ inspect: `complain('#1 booting\\nERROR: no such image: moby/buildkit'); end(1)` }),
      'ci',
      { exitCode: 3, message: 'The builder ci does not work: no such image: moby/buildkit' },
    ],
    [
      'a builder that does not exist',
      answers({ inspect: `complain('ERROR: no builder "nope" found'); end(1)` }),
      'nope',
      { exitCode: 2, message: 'There is no builder named nope', hint: /These builders exist: default, ci\./ },
    ],
  ])('is refused for %s', async (_, script, builder, expected) => {
    const { exitCode, message, hint } = expected;
    await expect(probe(script, builder)).rejects.toMatchObject({
      exitCode,
      message: expect.stringMatching(message instanceof RegExp ? message : new RegExp(`^${escaped(message)}$`)),
      hint: expect.stringMatching(hint ?? /./),
    });
  });

  it('is refused where there is no docker at all', async () => {
    await expect(probeBuilder({ env: { PATH: '/nonexistent:relative:' } })).rejects.toMatchObject({
      exitCode: 3,
      message: 'No `docker` program is on PATH',
    });
  });
});

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}
