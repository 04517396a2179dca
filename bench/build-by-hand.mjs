import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { timeProgram } from './time-program.mjs';

/** What people type for the test target: its steps run, nothing is left behind. Gives seconds. */
export function buildTest(context, { env }) {
  return build(context, ['--target=test', '--output=type=cacheonly'], env);
}

/** What people type for the final target, with the output that `check` needs: an OCI layout, or an image to save. Gives seconds. */
export async function buildFinal(context, { env, exportsOci }) {
  if (!exportsOci) return loadAndSave(context, env);
  const dest = join(context, '..', 'by-hand');
  try {
    return await build(context, ['--target=final', `--output=type=oci,tar=false,dest=${dest}`], env);
  } finally {
    rmSync(dest, { recursive: true, force: true });
  }
}

async function loadAndSave(context, env) {
  const tag = 'stagegate-bench:by-hand';
  const built = await build(context, ['--target=final', `--output=type=docker,name=${tag}`], env);
  const saved = await timeProgram('docker', ['image', 'save', '--output=/dev/null', tag], { env });
  await timeProgram('docker', ['image', 'rm', tag], { env });
  return built + saved;
}

function build(context, args, env) {
  return timeProgram('docker', ['buildx', 'build', ...args, context], { env });
}
