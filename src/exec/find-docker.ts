import { UserError } from '../user-error.ts';
import { type Environment, findProgram } from './find-program.ts';

/** Absolute path of `docker`; without it nothing can be judged (exit 3). */
export function findDocker(env: Environment): string {
  const docker = findProgram('docker', env);
  if (docker !== undefined) return docker;
  throw new UserError('No `docker` program is on PATH', {
    hint: 'Install Docker with its buildx plugin: https://docs.docker.com/engine/install/',
    exitCode: 3,
  });
}
