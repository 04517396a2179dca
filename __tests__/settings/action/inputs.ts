import { readActionInputs } from '../../../src/settings/action/action-inputs.ts';
import { UserError } from '../../../src/user-error.ts';

/** Inputs of a step as the runner passes them on. */
export function inputEnv(inputs: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(inputs).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value]));
}

export function inputsOf(inputs: Readonly<Record<string, string>> = {}) {
  return readActionInputs(inputEnv(inputs));
}

/** Message and hint of the UserError that `run` throws. */
export function complaintOf(run: () => unknown): string {
  try {
    run();
    return 'no complaint';
  } catch (error) {
    if (!(error instanceof UserError) || error.exitCode !== 2) throw error;
    return error.hint === undefined ? error.message : `${error.message}\n${error.hint}`;
  }
}
