import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { TarEntry } from '../../../src/image/tar/tar-entry.ts';
import { defaultTarBounds, type TarBounds, TarScanner } from '../../../src/image/tar/tar-scanner.ts';
import { gnuLong, oldSparse, pax, type TarRecord, tar, tarRecord } from '../../support/tar-writer.ts';

type Scanned = TarEntry & { readonly body: string };

function scan(bytes: Buffer, cuts: readonly number[] = [], bounds: TarBounds = defaultTarBounds): readonly Scanned[] {
  const found: Scanned[] = [];
  let current: TarEntry | null = null;
  let body: Buffer[] = [];
  const scanner = new TarScanner(
    'layer 7',
    {
      begin: (entry) => {
        current = entry;
        body = [];
      },
      body: (chunk, start, end) => body.push(Buffer.from(chunk.subarray(start, end))),
      end: () => {
        if (current) found.push({ ...current, body: Buffer.concat(body).toString('latin1') });
      },
    },
    bounds,
  );
  let at = 0;
  for (const cut of [...cuts, bytes.length]) {
    // A copy that is wiped at once: nothing may hold on to a chunk.
    const chunk = Buffer.from(bytes.subarray(at, cut));
    scanner.write(chunk);
    chunk.fill(0xff);
    at = Math.max(at, cut);
  }
  scanner.finish();
  return found;
}

const only = (records: readonly TarRecord[]) =>
  scan(tar(records)).map(({ path, type, size, body }) => ({ path, type, size, body }));
const body = Buffer.from('hello');
const after: TarRecord = { name: 'after', body: Buffer.from('x') };
const afterwards = { path: 'after', type: 'file', size: 1, body: 'x' };

describe('names', () => {
  it.each<[string, readonly TarRecord[], string]>([
    ['a leading ./', [{ name: './a/b' }], 'a/b'],
    ['a leading slash', [{ name: '/a/b' }], 'a/b'],
    ['doubled slashes and dots', [{ name: 'a//./b/' }], 'a/b'],
    ['.. inside', [{ name: 'a/../b' }], 'b'],
    ['.. that climbs out', [{ name: '../../etc/passwd' }], 'etc/passwd'],
    ['100 bytes without NUL', [{ name: 'n'.repeat(100) }], 'n'.repeat(100)],
    ['a ustar prefix', [{ name: 'file', prefix: 'some/where' }], 'some/where/file'],
    ['a prefix of 155 bytes', [{ name: 'f', prefix: 'p'.repeat(155) }], `${'p'.repeat(155)}/f`],
    ['no prefix in GNU headers with times', [{ name: 'f', magic: 'gnu', prefix: '14000000000\x0014000000000\0' }], 'f'],
    [
      'the prefix that Go before 1.8 wrote into GNU headers',
      [{ name: 'f', magic: 'gnu', prefix: 'usr/share/dir' }],
      'usr/share/dir/f',
    ],
    [
      'a star header, whose prefix is shorter',
      [
        {
          name: 'f',
          prefix: 'p'.repeat(131),
          patch: (block) => {
            block.write('14000000000', 476);
            block.write('tar\0', 508);
          },
        },
      ],
      `${'p'.repeat(131)}/f`,
    ],
    ['a PAX path', [pax([['path', 'x/ü']]), { name: 'short' }], 'x/ü'],
    [
      'the last of two PAX paths',
      [
        pax([
          ['path', 'one'],
          ['path', 'two'],
        ]),
        { name: 'short' },
      ],
      'two',
    ],
    [
      'a PAX path taken back',
      [
        pax([
          ['path', 'one'],
          ['path', ''],
        ]),
        { name: 'short' },
      ],
      'short',
    ],
    ['a GNU long name', [gnuLong('L', 'd/'.repeat(200)), { name: 'short', magic: 'gnu' }], `${'d/'.repeat(199)}d`],
    ['a GNU long name over a PAX path', [pax([['path', 'pax']]), gnuLong('L', 'gnu'), { name: 'short' }], 'gnu'],
    ['a global header, which engines ignore', [pax([['path', 'global']], 'g'), { name: 'own' }], 'own'],
    ['UTF-8', [{ name: 'grün/日本' }], 'grün/日本'],
    ['bytes that are not UTF-8', [{ name: Buffer.from([0x61, 0xff, 0xc3, 0xa4, 0xc3]) }], 'a\\xFFä\\xC3'],
    ['a backslash, doubled', [{ name: 'a\\xFF' }], 'a\\\\xFF'],
    ['a backslash beside a bad byte', [{ name: Buffer.from('\\\xff', 'latin1') }], '\\\\\\xFF'],
  ])('reads %s', (_, records, path) => {
    expect(only([...records, after])).toEqual([{ path, type: 'file', size: 0, body: '' }, afterwards]);
  });

  it('marks a name that climbs above the root, and only that', () => {
    const climbed = scan(tar([{ name: '../a' }, { name: 'a/../../b' }, { name: 'a/../b' }, { name: '..a' }])).map(
      (entry) => entry.climbed,
    );
    expect(climbed).toEqual([true, true, false, false]);
  });

  it('never gives two different names the same path', () => {
    const name = fc
      .uint8Array({ minLength: 1, maxLength: 6 })
      .filter((bytes) => !bytes.some((byte) => byte === 0 || byte === 0x2f || byte === 0x2e));
    fc.assert(
      fc.property(name, name, (a, b) => {
        const [first, second] = scan(tar([{ name: Buffer.from(a) }, { name: Buffer.from(b) }]));
        expect(first?.path === second?.path).toBe(Buffer.from(a).equals(b));
      }),
    );
  });
});

describe('types and sizes', () => {
  it.each<[string, TarRecord, string]>([
    ['0', { name: 'n', flag: '0' }, 'file'],
    ['7', { name: 'n', flag: '7' }, 'file'],
    ['NUL', { name: 'n', flag: '\0', magic: 'v7' }, 'file'],
    ['NUL with a slash', { name: 'n/', flag: '\0', magic: 'v7' }, 'directory'],
    ['1', { name: 'n', flag: '1', linkName: 't' }, 'hardlink'],
    ['2', { name: 'n', flag: '2', linkName: 't' }, 'symlink'],
    ['3', { name: 'n', flag: '3', major: 1 }, 'char'],
    ['4', { name: 'n', flag: '4' }, 'block'],
    ['5', { name: 'n/', flag: '5' }, 'directory'],
    ['6', { name: 'n', flag: '6' }, 'fifo'],
    ['V', { name: 'n', flag: 'V' }, 'other'],
  ])('knows type %s', (_, record, type) => {
    expect(only([record, after])).toEqual([{ path: 'n', type, size: 0, body: '' }, afterwards]);
  });

  it.each(['1', '2', '3', '4', '5', '6'])('takes no body for type %s whatever its size says', (flag) => {
    const record = { name: 'n', flag, size: 1234, linkName: 't', major: 1 };
    expect(only([record, after]).map((entry) => entry.size)).toEqual([0, 1]);
    expect(only([pax([['size', '1234']]), { ...record, size: 0 }, after]).map((entry) => entry.size)).toEqual([0, 1]);
  });

  it('skips the body of a type that it does not know', () => {
    expect(only([{ name: 'n', flag: 'Z', body }, after])).toEqual([
      { path: 'n', type: 'other', size: 0, body: 'hello' },
      afterwards,
    ]);
  });

  it.each<[string, TarRecord]>([
    ['octal', { name: 'n', body }],
    ['base 256', { name: 'n', body, base256: true }],
    ['octal with spaces', { name: 'n', body, patch: (block) => void block.write('         5 \0', 124) }],
    ['a signed checksum', { name: Buffer.from('n\xff', 'latin1'), body, checksum: 'signed' }],
  ])('reads a size in %s', (_, record) => {
    expect(only([record, after])).toMatchObject([{ size: 5, body: 'hello' }, afterwards]);
  });

  it('lets a PAX size win over the header', () => {
    expect(only([pax([['size', '5']]), { name: 'n', body, size: 0 }, after])).toMatchObject([
      { size: 5, body: 'hello' },
      afterwards,
    ]);
  });

  it('reads owners beyond octal, from base 256 and from PAX', () => {
    const [first, second] = scan(
      tar([
        { name: 'a', uid: 3_000_000_000, gid: -2, base256: true },
        pax([
          ['uid', '2147483648'],
          ['gid', '7'],
        ]),
        { name: 'b' },
      ]),
    );
    expect([first?.uid, first?.gid, second?.uid, second?.gid]).toEqual([3_000_000_000, -2, 2_147_483_648, 7]);
  });

  it('keeps a symlink as written and normalises a hard link', () => {
    const found = scan(
      tar([
        { name: 's', flag: '2', linkName: '../x/./y' },
        { name: 'h', flag: '1', linkName: './x//y' },
        gnuLong('K', 'l'.repeat(150)),
        { name: 'k', flag: '2' },
        pax([['linkpath', 'p/q']]),
        { name: 'p', flag: '1' },
      ]),
    );
    expect(found.map((entry) => entry.linkTarget)).toEqual(['../x/./y', 'x/y', 'l'.repeat(150), 'p/q']);
  });
});

describe('sparse files', () => {
  const segments = [
    { offset: 1000, length: 3 },
    { offset: 5000, length: 2 },
  ];
  const sparse = { path: 'sparse', type: 'file', size: 9000, body: 'hello' };
  const names: readonly (readonly [string, string])[] = [['GNU.sparse.name', 'sparse']];

  it.each<[string, Buffer]>([
    ['old GNU', oldSparse('sparse', 9000, segments, body)],
    [
      'PAX 0.0',
      Buffer.concat(
        [
          pax([
            ['GNU.sparse.size', '9000'],
            ['GNU.sparse.numblocks', '2'],
            ['GNU.sparse.offset', '1000'],
            ['GNU.sparse.numbytes', '3'],
            ['GNU.sparse.offset', '5000'],
            ['GNU.sparse.numbytes', '2'],
          ]),
          { name: 'sparse', body },
        ].map(tarRecord),
      ),
    ],
    [
      'PAX 0.1',
      Buffer.concat(
        [
          pax([
            ...names,
            ['GNU.sparse.major', '0'],
            ['GNU.sparse.minor', '1'],
            ['GNU.sparse.size', '9000'],
            ['GNU.sparse.map', '1000,3,5000,2'],
          ]),
          { name: 'GNUSparseFile.1/sparse', body },
        ].map(tarRecord),
      ),
    ],
    [
      'PAX 1.0',
      Buffer.concat(
        [
          pax([...names, ['GNU.sparse.major', '1'], ['GNU.sparse.minor', '0'], ['GNU.sparse.realsize', '9000']]),
          {
            name: 'GNUSparseFile.1/sparse',
            body: Buffer.concat([Buffer.alloc(512, '2\n1000\n3\n5000\n2\n\0', 'latin1').fill(0, 16), body]),
          },
        ].map(tarRecord),
      ),
    ],
  ])('have their logical size in %s', (_, record) => {
    const bytes = Buffer.concat([record, tar([after])]);
    const found = scan(bytes);
    expect(found).toMatchObject([{ ...sparse, sparse: segments }, afterwards]);
    expect(scan(bytes, [513, 700, 1025, 1500])).toEqual(found);
  });

  it('may have more parts than one header and one extension block hold', () => {
    const many = Array.from({ length: 50 }, (_, i) => ({ offset: i * 100, length: 1 }));
    const [found] = scan(Buffer.concat([oldSparse('sparse', 5000, many, Buffer.alloc(50, 'b')), Buffer.alloc(1024)]));
    expect(found).toMatchObject({ size: 5000, body: 'b'.repeat(50), sparse: many });
  });

  it('may have a 1.0 map of more than one block', () => {
    const many = Array.from({ length: 300 }, (_, i) => [i * 10_000, 1]);
    const map = `300\n${many.flat().join('\n')}\n`;
    const padded = Buffer.concat([
      Buffer.from(map),
      Buffer.alloc((512 - (map.length % 512)) % 512),
      Buffer.alloc(300, 'b'),
    ]);
    const [found] = scan(
      tar([
        pax([
          ['GNU.sparse.major', '1'],
          ['GNU.sparse.minor', '0'],
          ['GNU.sparse.realsize', '3000000'],
        ]),
        { name: 'x', body: padded },
        after,
      ]),
    );
    expect(found).toMatchObject({ size: 3_000_000, body: 'b'.repeat(300) });
  });

  it.each<[string, readonly { offset: number; length: number }[], number]>([
    [
      'out of order',
      [
        { offset: 10, length: 3 },
        { offset: 0, length: 2 },
      ],
      100,
    ],
    ['longer than the file', [{ offset: 10, length: 5 }], 12],
    ['not what is stored', [{ offset: 10, length: 4 }], 100],
  ])('are refused when their map is %s', (_, map, size) => {
    expect(() => scan(oldSparse('sparse', size, map, body))).toThrow(
      expect.objectContaining({ name: 'UserError', exitCode: 3 }),
    );
  });
});

describe('ends and damage', () => {
  it('stops at the first end-of-archive marker', () => {
    expect(only([{ name: 'a', body }])).toHaveLength(1);
    expect(scan(tar([{ name: 'a', body }], tar([after])))).toHaveLength(1);
    expect(scan(tar([{ name: 'a', body }], Buffer.alloc(999, 'rubbish')))).toHaveLength(1);
  });

  it.each([
    ['no end marker', tarRecord({ name: 'a', body })],
    ['half an end marker', tar([{ name: 'a', body }]).subarray(0, -512)],
    ['no padding after the last body', tarRecord({ name: 'a', body }).subarray(0, 517)],
    ['nothing at all', Buffer.alloc(0)],
  ])('forgives %s, as engines do', (_, bytes) => {
    expect(() => scan(bytes)).not.toThrow();
  });

  it.each<[string, Buffer, string]>([
    [
      'breaks off in a body',
      tarRecord({ name: 'a/b', body: Buffer.alloc(2000) }).subarray(0, 1000),
      'layer 7: the tar is cut off inside the entry "a/b" (at byte 1000 ',
    ],
    [
      'breaks off in a header',
      Buffer.concat([tarRecord({ name: 'a', body }), Buffer.alloc(100, 'x')]),
      'cut off in a header after the entry "a" (at byte 1124 ',
    ],
    ['breaks off after an extended header', tarRecord(pax([['path', 'x'.repeat(508 - 12)]])), 'cut off'],
    [
      'has a wrong checksum',
      tar([
        { name: 'a', body },
        { ...after, checksum: 'wrong' },
      ]),
      'wrong checksum (at byte 1024 ',
    ],
    ['has one zero block between entries', Buffer.concat([Buffer.alloc(512), tar([after])]), 'lone block of zeros'],
    ['has a negative size', tar([{ name: 'a', size: -1, base256: true }]), 'negative size'],
    [
      'has a size beyond counting',
      tar([{ name: 'a', patch: (block) => void block.fill(0x7f, 124, 136).fill(0xbf, 124, 125) }]),
      'too large',
    ],
    [
      'has a size that is no number',
      tar([{ name: 'a', patch: (block) => void block.write('12x', 124) }]),
      'not an octal number',
    ],
    [
      'has a PAX header without length',
      tar([{ name: 'p', flag: 'x', body: Buffer.from('path=x\n') }, after]),
      'PAX header is malformed',
    ],
    [
      'has a PAX record that lies about its length',
      tar([{ name: 'p', flag: 'x', body: Buffer.from('99 path=x\n') }, after]),
      'PAX header is malformed',
    ],
    ['has a NUL in a PAX path', tar([pax([['path', 'a\0b']]), after]), 'PAX header is malformed'],
    ['has a PAX size that is no number', tar([pax([['size', '1e3']]), after]), 'size is not a number'],
  ])('refuses a tar that %s', (_, bytes, message) => {
    expect(() => scan(bytes)).toThrow(
      expect.objectContaining({ name: 'UserError', exitCode: 3, message: expect.stringContaining(message) }),
    );
  });

  it.each([
    ['a header', [{ ...after, checksum: 'wrong' }] as const, 1024],
    ['an extended header', [pax([['size', 'x']]), after], 2048],
    ['the body of an extended header', [{ name: 'p', flag: 'x', body: Buffer.from('99 path=x\n') }], 1024],
  ])('names the place of a fault in %s, however the bytes come', (_, records, offset) => {
    const bytes = tar([{ name: 'a', body }, ...records]);
    for (const cuts of [[], [offset + 1], [offset + 300, offset + 520, offset + 600], [1, 700, offset]])
      expect(() => scan(bytes, cuts)).toThrow(`(at byte ${offset} of the tar)`);
  });

  it('says no more of a name than a person reads', () => {
    const long = gnuLong('L', 'n'.repeat(60_000));
    expect(() => scan(tar([long, { name: 'n', body }]).subarray(0, -1536))).toThrow(
      expect.objectContaining({ message: expect.stringMatching(/^.{200,400}$/) }),
    );
  });

  it.each<[string, readonly TarRecord[], Partial<TarBounds>, string]>([
    ['entries', [after, after, after], { entries: 2 }, 'more than 2 entries'],
    [
      'long names',
      [gnuLong('L', 'n'.repeat(70_000)), after],
      {},
      'long name of 70001 bytes is over the bound of 65537',
    ],
    ['PAX headers', [pax([['comment', 'n'.repeat(1_048_576)]]), after], {}, 'over the bound of 1048576'],
    ['PAX names', [pax([['path', 'n'.repeat(300_000)]]), after], {}, 'name is longer'],
    ['depth', [gnuLong('L', 'n/'.repeat(3000)), after], {}, 'directories deep'],
  ])('has a bound on %s', (_, records, bounds, message) => {
    expect(() => scan(tar(records), [], { ...defaultTarBounds, ...bounds })).toThrow(
      expect.objectContaining({ name: 'UserError', exitCode: 3, message: expect.stringContaining(message) }),
    );
  });
});

describe('chunks', () => {
  const sample = Buffer.concat([
    oldSparse(
      's',
      9000,
      Array.from({ length: 30 }, (_, i) => ({ offset: i * 200, length: 2 })),
      Buffer.alloc(60, 'x'),
    ),
    tar([
      pax([
        ['path', 'long/'.repeat(150)],
        ['uid', '99'],
      ]),
      { name: 'p', body: Buffer.alloc(1500, 'y') },
      gnuLong('L', 'l'.repeat(600)),
      { name: 'g', flag: '2', linkName: 'z' },
      after,
    ]),
  ]);

  it('of any size give the same entries', () => {
    const expected = scan(sample);
    fc.assert(
      fc.property(fc.array(fc.nat(sample.length), { maxLength: 40 }), (cuts) => {
        expect(
          scan(
            sample,
            cuts.sort((a, b) => a - b),
          ),
        ).toEqual(expected);
      }),
    );
  });

  it('with any bytes changed give entries or a UserError, nothing else', () => {
    const change = fc.record({ at: fc.nat(sample.length - 1), byte: fc.nat(255), fixes: fc.boolean() });
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 6 }), (changes) => {
        const bytes = Buffer.from(sample);
        for (const { at, byte, fixes } of changes) {
          bytes[at] = byte;
          if (fixes) fixChecksum(bytes, at - (at % 512));
        }
        try {
          scan(bytes);
        } catch (error) {
          expect(error).toMatchObject({ name: 'UserError', exitCode: 3 });
        }
      }),
      { numRuns: 500 },
    );
  });
});

/** Lets changes get past the checksum, so that the fields behind it are reached too. */
function fixChecksum(bytes: Buffer, at: number): void {
  bytes.fill(0x20, at + 148, at + 156);
  const sum = bytes.subarray(at, at + 512).reduce((total, byte) => total + byte, 0);
  bytes.write(`${sum.toString(8).padStart(6, '0')}\0 `, at + 148, 'latin1');
}
