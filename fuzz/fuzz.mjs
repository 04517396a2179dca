// Throws mutated images at the readers and watches that they keep their promises; see docs/fuzzing.md.
//
//   npm run fuzz -- [--target NAME]... [--minutes N] [--seed N] [--corpus DIR] [--crashes DIR]
//   npm run fuzz -- --target NAME --repeat FILE...
//
// The readers are bundled with a counter at every statement and branch: an input that reaches something new is kept
// and mutated further. Exit code 1 when an input broke a promise; it lies in the crashes folder then.
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build, transform } from 'esbuild';
import { createInstrumenter } from 'istanbul-lib-instrument';

const folder = await mkdtemp(join(tmpdir(), 'stagegate-fuzz-'));
try {
  const outfile = join(folder, 'fuzz.mjs');
  await build({
    entryPoints: ['fuzz/main.ts'],
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    sourcemap: 'inline',
    plugins: [{ name: 'counters', setup: ({ onLoad }) => onLoad({ filter: /\/src\/.*\.ts$/ }, addCounters) }],
    logLevel: 'warning',
  });
  const { main } = await import(pathToFileURL(outfile).href);
  process.exitCode = await main(process.argv.slice(2));
} finally {
  await rm(folder, { recursive: true, force: true });
}

async function addCounters({ path }) {
  const { code } = await transform(await readFile(path, 'utf8'), { loader: 'ts', target: 'es2023' });
  const instrumenter = createInstrumenter({ esModules: true, compact: true, coverageVariable: '__counters__' });
  return { contents: instrumenter.instrumentSync(code, path), loader: 'js' };
}
