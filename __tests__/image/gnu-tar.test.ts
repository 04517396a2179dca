import { execFile } from 'node:child_process';
import { link, mkdir, mkdtemp, open, readFile, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { LayerParser } from '../../src/image/layer-parser.ts';
import { contentHash } from '../support/image-builder.ts';
import { plainEntries } from '../support/plain-entries.ts';

const run = promisify(execFile);
let folder = '';

/** Files with everything that makes tar reach for an extension: long names, holes, links, odd bytes. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stagegate-gnu-tar-'));
  const root = join(folder, 'root');
  const deep = join(root, 'long'.repeat(30), 'name'.repeat(40));
  await mkdir(deep, { recursive: true });
  await writeFile(join(deep, 'file'.repeat(50)), 'deep');
  await writeFile(join(root, 'plain'), 'x'.repeat(1000));
  await writeFile(join(root, 'ünïcode'), 'u');
  await writeFile(Buffer.concat([Buffer.from(join(root, 'bad')), Buffer.from([0xff])]), 'b');
  await link(join(root, 'plain'), join(root, 'zz-hard'));
  await symlink('t'.repeat(300), join(root, 'long-link'));
  for (const [name, holes] of [
    ['sparse', 3],
    ['many-holes', 60],
  ] as const) {
    const file = await open(join(root, name), 'w');
    for (let i = 0; i < holes; i++) await file.write(Buffer.alloc(4096, `${i}-`), 0, 4096, i * 100_000);
    await file.close();
    await truncate(join(root, name), holes * 100_000 + 12_345);
  }
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Name and size of each regular file as GNU tar lists it; it shows sparse files with their logical size. */
async function listed(archive: string): Promise<readonly string[]> {
  const { stdout } = await run('tar', ['--quoting-style=escape', '--full-time', '-tvf', archive], {
    env: { ...process.env, LC_ALL: 'C' },
  });
  return stdout
    .split('\n')
    .filter((line) => line.startsWith('-'))
    .map((line) => line.split(/\s+/)[2] ?? '')
    .sort();
}

describe('against GNU tar', () => {
  it.each([
    ['gnu', ['--format=gnu']],
    ['gnu, sparse', ['--format=gnu', '--sparse']],
    ['oldgnu, sparse', ['--format=oldgnu', '--sparse']],
    ['posix', ['--format=posix']],
    ['posix, sparse 0.0', ['--format=posix', '--sparse', '--sparse-version=0.0']],
    ['posix, sparse 0.1', ['--format=posix', '--sparse', '--sparse-version=0.1']],
    ['posix, sparse 1.0', ['--format=posix', '--sparse', '--sparse-version=1.0']],
    ['gnu with base-256 owners', ['--format=gnu', '--owner=:3000000000', '--group=:3000000000']],
    ['absolute members', ['--format=gnu', '--absolute-names', '--transform=s,^[.],/abs,']],
  ])('reads what it writes in the format %s', async (_, flags) => {
    const archive = join(folder, 'x.tar');
    await run('tar', [...flags, '-cf', archive, '-C', join(folder, 'root'), '.']);
    const parser = new LayerParser('x');
    const bytes = await readFile(archive);
    for (let at = 0; at < bytes.length; at += 10_007) parser.write(bytes.subarray(at, at + 10_007));
    const { entries: table, unpackedBytes } = parser.finish();
    const entries = plainEntries(table);
    const files = entries.filter(({ type }) => type === 'file');
    const sizes = await listed(archive);
    expect(files.map((entry) => String(entry.bytes)).sort()).toEqual(sizes);
    expect(unpackedBytes).toBe(sizes.reduce((sum, size) => sum + Number(size), 0));
    const hashes = new Map(files.map((entry) => [entry.path.split('/').at(-1), entry.contentHash]));
    for (const name of ['sparse', 'many-holes', 'ünïcode']) {
      expect([name, hashes.get(name)]).toEqual([name, contentHash(await readFile(join(folder, 'root', name)))]);
    }
    expect(hashes.has('bad\\xFF')).toBe(true);
    expect(hashes.has('file'.repeat(50))).toBe(true);
    expect(entries.find(({ type }) => type === 'symlink')?.linkTarget).toBe('t'.repeat(300));
    expect(entries.find(({ type }) => type === 'hardlink')).toMatchObject({ bytes: 0 });
  });
});
