import { spawn } from 'node:child_process';

/** Wall clock of the start, in milliseconds since 1970 with fractions. */
export const clock = () => performance.timeOrigin + performance.now();

/** Runs a program to its end and gives the seconds it took; a failing one ends the bench, since its time means nothing. */
export async function timeProgram(program, args, { env, exitCode = 0 } = {}) {
  const start = clock();
  const { code, said } = await run(program, args, env);
  const seconds = (clock() - start) / 1000;
  if (code === exitCode) return seconds;
  throw new Error(`${[program, ...args].join(' ')} ended with ${code}, not ${exitCode}:\n${said}`);
}

function run(program, args, env) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { env, stdio: ['ignore', 'ignore', 'pipe'] });
    let said = '';
    child.stderr.on('data', (chunk) => {
      said = (said + chunk).slice(-2000);
    });
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, said }));
  });
}
