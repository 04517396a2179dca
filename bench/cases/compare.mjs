import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { median } from '../median.mjs';
import { repository } from '../repository.mjs';
import { timeProgram } from '../time-program.mjs';

const watchScript = join(repository, 'bench', 'watch-process.mjs');

/** Two images compared file by file from their stored indexes, the start of the program included; 1 in 20 files differs. */
export async function compare({ folder, runs }) {
  const program = join(folder, 'compare-stored.mjs');
  const entry = join(repository, 'bench', 'compare-stored.mjs');
  await build({ entryPoints: [entry], bundle: true, format: 'esm', platform: 'node', outfile: program });
  const few = await measure(60_000, { program, folder, runs });
  const many = await measure(1_000_000, { program, folder, runs });
  const linear = (2 * median(few.seconds) * 1_000_000) / 60_000;
  return [
    bounded('compare 60,000 files', few.seconds, 's', 1),
    bounded('  peak memory', few.peakMB, 'MB', 250),
    bounded('  event loop blocked', few.blockedMs, 'ms', 50),
    bounded('  stored index', [few.storedMB], 'MB', 1.5),
    { ...bounded('compare 1,000,000 files', many.seconds, 's', linear), boundText: 'linear × 2' },
    { what: '  peak memory', samples: many.peakMB, unit: 'MB' },
  ];
}

async function measure(files, { program, folder, runs }) {
  const stored = ['base', 'head'].map((side) => join(folder, `${side}-${files}`));
  for (const file of stored) await timeProgram(process.execPath, [program, 'write', file, String(files), stored.indexOf(file) === 0 ? 'before' : 'later']);
  const watched = join(folder, 'watched.json');
  const env = { ...process.env, BENCH_WATCH: watched };
  const found = { seconds: [], peakMB: [], blockedMs: [], storedMB: statSync(stored[0]).size / 1e6 };
  for (let run = 0; run < runs; run += 1) {
    found.seconds.push(await timeProgram(process.execPath, ['--import', watchScript, program, 'compare', ...stored], { env }));
    const { peakMB, blockedMs } = JSON.parse(readFileSync(watched, 'utf8'));
    found.peakMB.push(peakMB);
    found.blockedMs.push(blockedMs);
  }
  return found;
}

function bounded(what, samples, unit, bound) {
  return { what, samples, unit, bound, boundText: `≤ ${bound} ${unit}` };
}
