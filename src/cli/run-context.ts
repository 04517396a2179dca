import type { GateEffects } from '../gate.ts';

/** Event and commit that a run is about, where a CI system says so. On a laptop nothing is claimed. */
export function readRunContext(env: Readonly<Record<string, string | undefined>>): GateEffects['run'] {
  const { GITHUB_EVENT_NAME: event, GITHUB_SHA: commit } = env;
  return {
    ...(event === undefined || event === '' ? {} : { event }),
    ...(commit === undefined || commit === '' ? {} : { commit }),
  };
}
