import { dirname, join } from 'node:path';
import { engineEnv, runIn } from './engine.ts';

/** Boots a docker-container builder that has built nothing yet, hands its name to `use`, and removes it. */
export async function withFreshBuilder<Result>(use: (name: string) => Promise<Result>): Promise<Result> {
  const name = `stagegate-fresh-${process.pid}-${Date.now()}`;
  const { DOCKER_CONFIG = '', DOCKER_HOST = '' } = await engineEnv('container');
  const config = join(dirname(DOCKER_CONFIG), 'buildkitd.toml');
  const options = ['--driver=docker-container', '--driver-opt=network=host', `--buildkitd-config=${config}`];
  const created = await runIn('container', 'docker', ['buildx', 'create', `--name=${name}`, ...options, DOCKER_HOST]);
  if (created.exitCode !== 0) throw new Error(`no fresh builder: ${created.stderr}`);
  try {
    return await use(name);
  } finally {
    await runIn('container', 'docker', ['buildx', 'rm', '--force', name]);
  }
}
