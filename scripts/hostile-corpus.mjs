// Writes the hostile and broken images of __tests__/image/hostile-corpus.ts to __tests__/fixtures/hostile:
//   node scripts/hostile-corpus.mjs
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';

const target = join('__tests__', 'fixtures', 'hostile');
const folder = await mkdtemp(join(tmpdir(), 'stagegate-corpus-'));
try {
  const outfile = join(folder, 'corpus.mjs');
  const entryPoints = [join('__tests__', 'image', 'hostile-corpus.ts')];
  await build({ entryPoints, outfile, bundle: true, platform: 'node', format: 'esm' });
  const { hostileCorpus } = await import(pathToFileURL(outfile).href);
  await rm(target, { recursive: true, force: true });
  await mkdir(target, { recursive: true });
  for (const { name, archive } of hostileCorpus()) await writeFile(join(target, `${name}.tar.gz`), gzipSync(archive));
} finally {
  await rm(folder, { recursive: true, force: true });
}
