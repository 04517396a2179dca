import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { repository } from './repository.mjs';

/** About 2.7 GB unpacked with 60,000 files. */
export const manyBytes = () => largeImage('2700mb-60k', ['--files=60000', '--bytes=2700000000']);

/** A million small files. */
export const manyFiles = () => largeImage('1gb-1m', ['--files=1000000', '--bytes=1000000000']);

/** Made once, in minutes, and kept for the next bench: STAGEGATE_BENCH_IMAGES, else the user's cache folder. */
function largeImage(name, args) {
  const folder = join(process.env.STAGEGATE_BENCH_IMAGES ?? join(homedir(), '.cache', 'stagegate-bench'), name);
  if (!existsSync(folder)) {
    process.stderr.write(`making ${folder}\n`);
    const unfinished = `${folder}.unfinished`;
    rmSync(unfinished, { recursive: true, force: true });
    mkdirSync(unfinished, { recursive: true });
    execFileSync(process.execPath, [join(repository, 'scripts', 'large-image.mjs'), unfinished, ...args]);
    renameSync(unfinished, folder);
  }
  return { layout: join(folder, 'oci'), archive: join(folder, 'docker.tar') };
}
