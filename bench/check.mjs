import { cli } from './repository.mjs';
import { timeProgram } from './time-program.mjs';

/** Seconds of one `check` of both targets; it must pass, or its time means nothing. */
export function check(context, { env }) {
  return timeProgram(process.execPath, [cli, 'check', context, '--target=final', '--test-target=test'], { env });
}
