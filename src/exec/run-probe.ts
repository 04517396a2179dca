import { basename } from 'node:path';
import { getExecOutput } from '@actions/exec';
import { UserError } from '../user-error.ts';
import type { Environment } from './find-program.ts';
import { unlessInterrupted } from './interruption.ts';

export type ProbeOutput = { readonly exitCode: number; readonly stdout: string; readonly stderr: string };

/** Runs `program` with these arguments to its end, silently; rejects only when it cannot be run or takes too long. */
export type RunProbe = (program: string, args: readonly string[], env: Environment) => Promise<ProbeOutput>;

/** Milliseconds; the longest wait is for a docker-container builder that must first be booted. */
const TIME_LIMIT = 120_000;

const hints: ReadonlyMap<string, string> = new Map([['docker', 'Check that Docker works: `docker info`.']]);

/** Short questions only: the whole output is kept, and nothing is escaped. A hanging one ends with the process at last. */
export const runProbe: RunProbe = async (program, args, env) => {
  const options = { silent: true, ignoreReturnCode: true, env: definedIn(env) };
  const output = getExecOutput(`"${program}"`, [...args], options);
  const name = basename(program);
  const late = rejectLate(
    `${[name, ...args].join(' ')} gave no answer within ${TIME_LIMIT / 1000} s`,
    hints.get(name) ?? `Check that ${name} works.`,
  );
  try {
    return await unlessInterrupted(await Promise.race([output, late.promise]));
  } finally {
    late.cancel();
  }
};

function rejectLate(message: string, hint: string): { promise: Promise<never>; cancel: () => void } {
  let timer: NodeJS.Timeout | undefined;
  const promise = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new UserError(message, { hint, exitCode: 3 }));
    }, TIME_LIMIT);
  });
  return { promise, cancel: () => clearTimeout(timer) };
}

function definedIn(env: Environment): Record<string, string> {
  return Object.fromEntries(
    Object.entries(env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}
