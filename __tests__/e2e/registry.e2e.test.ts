import { createHash } from 'node:crypto';
import { dirname } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { runIn } from '../support/engine.ts';
import { type DockerHome, dockerHome } from '../support/fake-helper.ts';
import { withProject } from '../support/project.ts';
import { ask, copyImage, type Registries, readRegistryImage, registries } from '../support/registry.ts';

const platforms = ['linux/amd64', 'linux/arm64', 'linux/arm/v7'];
const dockerfile = 'FROM scratch\nARG TARGETARCH\nCOPY a.txt /a.txt\nCOPY ${TARGETARCH}.txt b.txt /dir/\n';
const files = {
  'a.txt': 'a'.repeat(5000),
  'b.txt': 'b'.repeat(70),
  'amd64.txt': 'x'.repeat(11),
  'arm64.txt': '',
  'arm.txt': 'z',
};
const types = { gzip: '.tar+gzip', zstd: '.tar+zstd', uncompressed: '.tar' } as const;

let rig: Registries;
let home: DockerHome;
beforeAll(async () => {
  rig = await registries();
  home = dockerHome();
});
afterAll(() => home.remove());

/** Builds for all platforms and pushes an index, which BuildKit gives an attestation for each. */
async function push(compression: keyof typeof types): Promise<string> {
  const name = `${rig.open}/team/app:${compression}`;
  await withProject({ Dockerfile: dockerfile, ...files }, async (project) => {
    const output = `type=image,name=${name},push=true,oci-mediatypes=true,compression=${compression},force-compression=true`;
    const args = ['buildx', 'build', `--platform=${platforms.join()}`, `--output=${output}`, '.'];
    const { exitCode, stderr } = await runIn('container', 'docker', args, { cwd: project });
    expect({ exitCode, stderr }).toMatchObject({ exitCode: 0 });
  });
  return name;
}

/** Manifests of the index by platform, as the registry has them. */
async function rawIndex(tag: string): Promise<readonly { platform: Record<string, string>; digest: string }[]> {
  const { bytes } = await ask({ url: `http://${rig.open}/v2/team/app` }, `manifests/${tag}`);
  return JSON.parse(bytes.toString()).manifests;
}

async function digestFor(tag: string, architecture: string): Promise<string> {
  const found = (await rawIndex(tag)).find(({ platform }) => platform.architecture === architecture);
  return found?.digest ?? '';
}

describe('an image in a real registry', () => {
  it.each(['gzip', 'zstd', 'uncompressed'] as const)('is read by platform, with %s layers', async (compression) => {
    const name = await push(compression);
    const digest = await digestFor(compression, 'amd64');
    const image = await readRegistryImage([name, 'linux/amd64']);
    expect(image).toMatchObject({ digest });
    const raw = JSON.parse(
      (await ask({ url: `http://${rig.open}/v2/team/app` }, `manifests/${digest}`)).bytes.toString(),
    );
    expect(image.layers?.map((layer) => [layer.digest, layer.mediaType])).toEqual(
      raw.layers.map((layer: { digest: string; mediaType: string }) => [layer.digest, layer.mediaType]),
    );
    expect(image.layers?.every(({ mediaType }) => mediaType.endsWith(types[compression]))).toBe(true);
    expect(image.layers?.map(({ unpackedBytes, paths }) => [unpackedBytes, paths])).toEqual([
      [5000, ['a.txt']],
      [81, ['dir', 'dir/amd64.txt', 'dir/b.txt']],
    ]);
  });

  it('is the one of its platform, also by the digest of the index or its own', async () => {
    const name = await push('gzip');
    const { bytes } = await ask({ url: `http://${rig.open}/v2/team/app` }, 'manifests/gzip');
    const index = `${rig.open}/team/app@sha256:${createHash('sha256').update(bytes).digest('hex')}`;
    for (const [platform, architecture, path] of [
      ['linux/arm64/v8', 'arm64', 'dir/arm64.txt'],
      ['linux/arm', 'arm', 'dir/arm.txt'],
    ] as const) {
      const digest = await digestFor('gzip', architecture);
      for (const args of [[name, platform], [index, platform], [`${rig.open}/team/app@${digest}`]]) {
        const image = await readRegistryImage(args);
        expect(image).toMatchObject({ digest });
        expect(image.layers?.[1]?.paths).toContain(path);
      }
    }
  });

  it('that lacks the platform, the tag or the repository says so', async () => {
    const name = await push('gzip');
    expect(await readRegistryImage([name, 'linux/s390x'])).toEqual({
      error: {
        exitCode: 2,
        message: `the registry image ${name} has no image for linux/s390x`,
        hint: 'It has: linux/amd64, linux/arm64, linux/arm/v7.',
      },
    });
    for (const missing of ['team/app:none', 'nobody/app', `team/app@sha256:${'0'.repeat(64)}`]) {
      expect(await readRegistryImage([`${rig.open}/${missing}`])).toMatchObject({
        error: { exitCode: 3, message: expect.stringContaining('does not exist, or may not be seen') },
      });
    }
  });
});

describe('an image behind a password', () => {
  const inHome = () => ({ HOME: home.env.HOME, PATH: home.env.PATH });
  let name: string;
  beforeAll(async () => {
    name = `${rig.locked}/team/app:v1`;
    await push('gzip');
    const authorization = `Basic ${Buffer.from(`${rig.user}:${rig.password}`).toString('base64')}`;
    const from = { url: `http://${rig.open}/v2/team/app` };
    await copyImage(
      from,
      { url: `http://${rig.locked}/v2/team/app`, authorization },
      await digestFor('gzip', 'amd64'),
      'v1',
    );
  });

  it('is read with what docker login left in DOCKER_CONFIG', async () => {
    const DOCKER_CONFIG = dirname(home.path);
    home.writeConfig({});
    const login = `printf %s "$PASSWORD" | docker login --username ${rig.user} --password-stdin ${rig.locked}`;
    const { exitCode } = await runIn('classic', 'bash', ['-c', login], {
      env: { DOCKER_CONFIG, PASSWORD: rig.password },
    });
    expect(exitCode).toBe(0);
    const image = await readRegistryImage([name], { DOCKER_CONFIG });
    expect(image).toMatchObject({ digest: await digestFor('gzip', 'amd64') });
    expect(image.layers).toHaveLength(2);
  });

  it('is not read with a wrong one, which nobody gets to see', async () => {
    home.writeConfig({ auths: { [rig.locked]: { auth: Buffer.from(`${rig.user}:wrong-one`).toString('base64') } } });
    const { error } = await readRegistryImage([name], inHome());
    expect(error).toMatchObject({
      exitCode: 3,
      message: `${rig.locked} refuses to show team/app (401): the credentials in ${home.path} are not accepted, or do not reach that far`,
      hint: expect.stringContaining(`docker login ${rig.locked}`),
    });
    expect(JSON.stringify(error)).not.toContain('wrong-one');
  });

  it('is not read without one', async () => {
    home.writeConfig({ auths: { 'ghcr.io': { auth: 'eDp5' } } });
    expect((await readRegistryImage([name], inHome())).error).toMatchObject({
      exitCode: 3,
      message: expect.stringContaining(`no credentials for ${rig.locked} were found (looked in ${home.path})`),
    });
  });

  it('is read with what a credential helper says', async () => {
    home.addHelper('e2e', `say({ ServerURL: server, Username: '${rig.user}', Secret: '${rig.password}' });`);
    home.writeConfig({ credHelpers: { [rig.locked]: 'e2e' } });
    expect((await readRegistryImage([name], inHome())).layers).toHaveLength(2);
    home.addHelper('e2e', 'end(1);');
    expect((await readRegistryImage([name], inHome())).error?.message).toContain('docker-credential-e2e failed');
  });
});
