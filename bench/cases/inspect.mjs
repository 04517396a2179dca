import { execFileSync } from 'node:child_process';
import { cpSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { archiveLayout } from '../archive-layout.mjs';
import { manyBytes, manyFiles } from '../large-images.mjs';
import { median } from '../median.mjs';
import { cli, repository } from '../repository.mjs';
import { runInterleaved } from '../run-interleaved.mjs';
import { timeProgram } from '../time-program.mjs';

const limitScript = join(repository, 'bench', 'read-limit.mjs');
const watchScript = join(repository, 'bench', 'watch-process.mjs');

/** `inspect` of large images against what reading them costs at least, against tar, and against dive where there is one. */
export async function inspect({ folder, runs }) {
  const large = manyBytes();
  const index = join(folder, 'index');
  const watched = join(folder, 'watched.json');
  const run = (image, args = [], env = {}) =>
    timeProgram(process.execPath, [cli, 'inspect', image, '--format=json', ...args], {
      env: { ...process.env, STAGEGATE_INDEX: index, ...env },
    });
  const anew = (image) => run(image, ['--no-index']);
  const dive = findDive();
  const ofDive = (image) => timeProgram(dive, ['--source=docker-archive', image, '--json', join(folder, 'dive.json')]);

  const archived = join(folder, 'oci.tar');
  if (dive) archiveLayout(large.layout, { folder, file: archived });
  const gzip = await runInterleaved(runs, {
    ours: () => anew(`oci:${large.layout}`),
    limit: () => timeProgram(process.execPath, [limitScript, large.layout]),
    tar: () => timeProgram('bash', ['-c', listLayers, 'bash', large.layout]),
    ...(dive && { dive: () => ofDive(archived) }),
  });
  rmSync(archived, { force: true });
  const plain = await runInterleaved(runs, {
    ours: () => anew(`docker-archive:${large.archive}`),
    limit: () => timeProgram(process.execPath, [limitScript, large.archive]),
    ...(dive && { dive: () => ofDive(large.archive) }),
  });
  await run(`oci:${large.layout}`);
  const indexed = await runInterleaved(runs, {
    again: () => run(`oci:${large.layout}`),
    copied: async (each) => {
      const copy = join(folder, `copy-${each}`);
      cpSync(large.layout, copy, { recursive: true });
      try {
        return await run(`oci:${copy}`);
      } finally {
        rmSync(copy, { recursive: true, force: true });
      }
    },
  });
  const watch = async (image) => {
    const args = ['--import', watchScript, cli, 'inspect', image, '--format=json', '--no-index'];
    const seconds = await timeProgram(process.execPath, args, { env: { ...process.env, BENCH_WATCH: watched } });
    return { seconds, ...JSON.parse(readFileSync(watched, 'utf8')) };
  };
  const few = await watch(`oci:${large.layout}`);
  const many = await watch(`docker-archive:${manyFiles().archive}`);

  const cold = { what: 'cold', samples: gzip.ours };
  const against = (what, samples, yardstick, most) => ({
    ...{ what, samples, yardstick, unit: 's' },
    ...(most && { bound: most * median(yardstick.samples), boundText: `≤ ${most} ×` }),
  });
  const at = (what, value, unit, most) => ({
    ...{ what, samples: [value], unit },
    ...(most && { bound: most, boundText: `≤ ${most} ${unit}` }),
  });
  return [
    against('inspect 2.7 GB, gzip', gzip.ours, { what: 'gunzip and SHA-256 alone', samples: gzip.limit }, 1.25),
    against('inspect 2.7 GB, gzip', gzip.ours, { what: 'gzip -dc | tar t', samples: gzip.tar }, 0.45),
    ...(dive ? [against('inspect 2.7 GB, gzip', gzip.ours, { what: 'dive --json', samples: gzip.dive }, 0.65)] : []),
    ...(dive ? [against('inspect 2.7 GB, plain', plain.ours, { what: 'dive --json', samples: plain.dive }, 1.5)] : []),
    against('inspect 2.7 GB, plain', plain.ours, { what: 'SHA-256 alone', samples: plain.limit }),
    against('  again, same files', indexed.again, cold, 0.05),
    against('  same blobs, new files', indexed.copied, cold, 0.25),
    at('  peak memory', few.peakMB, 'MB', 250),
    at('  event loop blocked', few.blockedMs, 'ms', 50),
    at('inspect 1,000,000 files', many.seconds, 's'),
    at('  peak memory', many.peakMB, 'MB', 600),
    at('  event loop blocked', many.blockedMs, 'ms', 50),
  ];
}

/** Layer after layer, as one would by hand. */
const listLayers = `
  cd "$1/blobs/sha256"
  for blob in *; do
    if [ "$(head -c 2 "$blob" | od -An -tx1 | tr -d ' ')" = 1f8b ]; then gzip -dc "$blob" | tar t >/dev/null; fi
  done`;

function findDive() {
  try {
    return execFileSync('which', ['dive'], { encoding: 'utf8' }).trim();
  } catch {
    return null;
  }
}
