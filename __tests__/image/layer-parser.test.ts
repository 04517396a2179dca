import { describe, expect, it } from '@jest/globals';
import { LayerParser } from '../../src/image/layer-parser.ts';
import { contentHash } from '../support/image-builder.ts';
import { plainEntries } from '../support/plain-entries.ts';
import { oldSparse, type TarRecord, tar } from '../support/tar-writer.ts';

function parse(bytes: Buffer, chunkSize = bytes.length) {
  const parser = new LayerParser('layer 0');
  for (let at = 0; at < bytes.length; at += chunkSize) parser.write(Buffer.from(bytes.subarray(at, at + chunkSize)));
  const parsed = parser.finish();
  return { ...parsed, entries: plainEntries(parsed.entries) };
}

const entriesOf = (records: readonly TarRecord[], chunkSize?: number) => parse(tar(records), chunkSize).entries;

describe('whiteouts', () => {
  it.each<[string, TarRecord, string, string]>([
    ['.wh.NAME', { name: 'd/.wh.x' }, 'whiteout', 'd/x'],
    ['.wh.NAME at the root', { name: './.wh.x' }, 'whiteout', 'x'],
    ['.wh..NAME, of a dot file', { name: 'd/.wh..x' }, 'whiteout', 'd/.x'],
    ['a whiteout with bytes', { name: 'd/.wh.x', body: Buffer.from('never counted') }, 'whiteout', 'd/x'],
    ['a whiteout that is a hard link', { name: '.wh.x', flag: '1', linkName: 'y' }, 'whiteout', 'x'],
    ['an opaque marker', { name: 'd/.wh..wh..opq' }, 'opaque', 'd'],
    ['an opaque marker at the root', { name: '.wh..wh..opq' }, 'opaque', ''],
    ['a character device 0:0', { name: 'd/x', flag: '3' }, 'whiteout', 'd/x'],
  ])('knows %s', (_, record, type, path) => {
    const { entries, unpackedBytes } = parse(tar([record]));
    expect(entries).toMatchObject([{ type, path, bytes: 0 }]);
    expect(unpackedBytes).toBe(0);
  });

  it.each(['.wh.', 'd/.wh..', 'd/.wh...'])('leaves %s out and says so', (name) => {
    const { entries, notes } = parse(tar([{ name }]));
    expect(entries).toEqual([]);
    expect(notes).toEqual(['1 entries of an unknown type or reserved name were left out']);
  });

  it('takes other devices and directories of the kind for what they are', () => {
    const entries = entriesOf([
      { name: 'null', flag: '3', major: 1, minor: 3 },
      { name: 'zero', flag: '4' },
    ]);
    expect(entries.map(({ type }) => type)).toEqual(['char', 'block']);
  });
});

describe('content', () => {
  const large = Buffer.alloc(5000, 'content ');

  it.each([1, 100, 512, 1000, 65_536])('is hashed alike from chunks of %i bytes', (chunkSize) => {
    const entries = entriesOf([{ name: 'empty' }, { name: 'large', body: large }], chunkSize);
    expect(entries.map((entry) => entry.contentHash)).toEqual([contentHash(''), contentHash(large)]);
  });

  it('of a sparse file is hashed as if it were expanded', () => {
    const segments = [
      { offset: 0, length: 2 },
      { offset: 100_000, length: 3 },
      { offset: 300_000, length: 0 },
    ];
    const expanded = Buffer.alloc(300_000);
    expanded.write('he', 0);
    expanded.write('llo', 100_000);
    const bytes = Buffer.concat([oldSparse('s', 300_000, segments, Buffer.from('hello')), Buffer.alloc(1024)]);
    for (const chunkSize of [1, 513, 5000]) {
      expect(parse(bytes, chunkSize)).toMatchObject({
        unpackedBytes: 300_000,
        entries: [{ bytes: 300_000, contentHash: contentHash(expanded) }],
      });
    }
  });

  it('of a sparse file that claims petabytes costs no time, and is refused when it cannot be counted', () => {
    const huge = 2 ** 50;
    const hole = (name: string) => oldSparse(name, huge, [{ offset: 0, length: 1 }], Buffer.from('x'));
    const started = Date.now();
    expect(parse(Buffer.concat([hole('a'), Buffer.alloc(1024)])).unpackedBytes).toBe(huge);
    expect(Date.now() - started).toBeLessThan(1000);
    expect(() => parse(Buffer.concat([...Array.from({ length: 8 }, () => hole('a')), Buffer.alloc(1024)]))).toThrow(
      'more bytes than can be counted',
    );
  });

  it('of a sparse file too large to expand is the same from any chunks, and that of no other file', () => {
    const sparse = (size: number, offset: number) =>
      Buffer.concat([oldSparse('s', size, [{ offset, length: 5 }], Buffer.from('hello')), Buffer.alloc(1024)]);
    const hashOf = (bytes: Buffer, chunkSize: number) => parse(bytes, chunkSize).entries[0]?.contentHash;
    const hashes = [1, 514, 10_000].map((chunkSize) => hashOf(sparse(2 ** 40, 7), chunkSize));
    expect(new Set(hashes).size).toBe(1);
    expect(new Set([hashes[0], hashOf(sparse(2 ** 40, 8), 512), hashOf(sparse(2 ** 40 + 1, 7), 512)]).size).toBe(3);
    // What goes into the hash, as a file's content, must not give the same hash.
    const forged = `${JSON.stringify([2 ** 40, [{ offset: 7, length: 5 }]])}hello`;
    expect(hashes[0]).not.toBe(contentHash(forged));
  });

  it.each([
    ['etc/passwd', 10, true],
    ['usr/lib/os-release', 10, true],
    ['group', 1024 * 1024, true],
    ['group', 1024 * 1024 + 1, false],
    ['etc/passwd-', 10, false],
  ])('of %s with %i bytes is kept: %s', (name, bytes, isKept) => {
    const [entry] = entriesOf([{ name, body: Buffer.alloc(bytes, 'ä') }], 1000);
    expect(entry?.text).toBe(isKept ? Buffer.alloc(bytes, 'ä').toString('utf8') : undefined);
  });

  it('keeps no more text of one layer than 16 MiB', () => {
    const records = Array.from({ length: 20 }, (_, i) => ({
      name: `${i}/passwd`,
      body: Buffer.alloc(1024 * 1024, 'x'),
    }));
    expect(entriesOf(records).filter(({ text }) => text !== undefined)).toHaveLength(16);
  });
});

describe('multi-call shells', () => {
  const busybox = 'BusyBox v1.35.0 (Debian)\0multi-call binary.\0BusyBox is copyrighted by many authors';
  const toybox = 'Toybox %s multicall binary%s\0usage: toybox [--long | --help]';
  const elf = (text: string) =>
    Buffer.concat([Buffer.from('\x7fELF', 'latin1'), Buffer.alloc(3000), Buffer.from(text), Buffer.alloc(2000)]);

  it.each<[string, Buffer, number, string | undefined]>([
    ['busybox under any name', elf(busybox), 0o755, 'busybox'],
    ['toybox under any name', elf(toybox), 0o755, 'toybox'],
    ['busybox that nobody may execute', elf(busybox), 0o644, undefined],
    ['a script that quotes it', Buffer.from(`#!/bin/sh\n# ${busybox}`), 0o755, undefined],
    ['a program that names its version only', elf('found BusyBox v1.35.0, a multi-call binary'), 0o755, undefined],
    ['another program', elf('hello'), 0o755, undefined],
    ['an executable of two bytes', Buffer.from('\x7fE', 'latin1'), 0o755, undefined],
  ])('%s', (_, body, mode, expected) => {
    for (const chunkSize of [1, 37, 515, 100_000]) {
      expect(entriesOf([{ name: 'bin/x', body, mode }], chunkSize)[0]?.contains).toBe(expected);
    }
  });
});

describe('notes', () => {
  it('say how many names climbed above the root', () => {
    const { notes, entries } = parse(tar([{ name: '../a' }, { name: '/../../b' }, { name: 'c' }]));
    expect(notes).toEqual(['2 names climb above the root with ".." and were clamped to it']);
    expect(entries.map(({ path }) => path)).toEqual(['a', 'b', 'c']);
  });
});
