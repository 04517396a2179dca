import { readdirSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import * as zlib from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { splitTar } from '../../fuzz/mutate-tar.ts';
import { readArchiveFile } from '../../src/image/read-archive-file.ts';
import { readDockerSave } from '../../src/image/read-docker-save.ts';
import { readOciLayout } from '../../src/image/read-oci-layout.ts';
import { hostileCorpus } from './hostile-corpus.ts';
import { outcomeOf } from './outcome-of.ts';
import { wordsOf } from './words-of.ts';

const corpus = hostileCorpus();
const fixtures = join('__tests__', 'fixtures', 'hostile');
const hasZstd = 'createZstdDecompress' in zlib;
let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stagegate-hostile-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const needsNewerNode = { refused: 'is compressed with zstd, which Node' };

describe('the hostile corpus', () => {
  it('lies in its folder whole: scripts/hostile-corpus.mjs writes it', () => {
    expect(readdirSync(fixtures).sort()).toEqual(corpus.map(({ name }) => `${name}.tar.gz`).sort());
  });

  describe.each(corpus)('$name', ({ name, expected, kind, needsZstd }) => {
    const archive = zlib.gunzipSync(readFileSync(join(fixtures, `${name}.tar.gz`)));
    const wanted = wordsOf(needsZstd && !hasZstd ? needsNewerNode : expected);

    it('is read or refused as a file', async () => {
      expect(await outcomeOf(() => readArchiveFile(join(fixtures, `${name}.tar.gz`)))).toMatchObject(wanted);
      const plain = join(folder, `${name}.tar`);
      await writeFile(plain, archive);
      expect(await outcomeOf(() => readArchiveFile(plain))).toMatchObject(wanted);
    });

    it('is read or refused as a stream of any chunks', async () => {
      for (const size of [509, 70_000]) {
        const chunks = Array.from({ length: Math.ceil(archive.length / size) }, (_, i) =>
          archive.subarray(i * size, (i + 1) * size),
        );
        const stream = Readable.from(chunks, { objectMode: true });
        expect(await outcomeOf(() => readDockerSave(stream))).toMatchObject(wanted);
      }
    });

    if (kind === 'saved') return;

    it('is read or refused as a folder', async () => {
      const directory = join(folder, name);
      await unpack(archive, directory);
      const outcome = await outcomeOf(() => readOciLayout(directory));
      expect(outcome).toMatchObject(wanted);
    });
  });
});

/** The archives themselves are well-formed. */
async function unpack(archive: Buffer, directory: string): Promise<void> {
  for (const record of splitTar(archive)) {
    const name = record.toString('latin1', 0, 100).replace(/\0.*/s, '');
    if (name === '') continue;
    const size = Number.parseInt(record.toString('latin1', 124, 135), 8);
    await mkdir(dirname(join(directory, name)), { recursive: true });
    await writeFile(join(directory, name), record.subarray(512, 512 + size));
  }
}
