import type { Environment } from '../exec/find-program.ts';

/** What docker is started with: all but this step's own inputs, the GitHub token and secrets among them. */
export function environmentOfBuilds(env: Environment): Environment {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !/^(INPUT|STATE)_/i.test(name)));
}
