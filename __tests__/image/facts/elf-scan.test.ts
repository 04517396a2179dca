import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type ElfParts, elf, goBuildInfo } from '../../support/elf-writer.ts';
import { factsOf } from '../../support/facts-of.ts';

const loader = '/lib64/ld-linux-x86-64.so.2';
const sliceSizes = [1, 3, 100, 4096, 1 << 30];
const binaryOf = (parts: ElfParts, slice?: number) => factsOf({ content: elf(parts) }, slice)?.binary;

describe('an ELF file', () => {
  it.each<[string, ElfParts, object]>([
    [
      'a program',
      { type: 2, interpreter: loader, needed: ['libc.so.6', 'libm.so.6'] },
      { kind: 'program', interpreter: loader, needed: ['libc.so.6', 'libm.so.6'] },
    ],
    [
      'a position-independent one',
      { interpreter: loader, needed: ['libc.so.6'] },
      { kind: 'program', interpreter: loader, needed: ['libc.so.6'] },
    ],
    ['a static position-independent one', { needed: [], isPie: true }, { kind: 'program', needed: [] }],
    ['a library', { needed: ['libc.so.6'] }, { kind: 'library', needed: ['libc.so.6'] }],
    [
      'a library that can be started',
      { interpreter: loader, needed: [], soname: 'libc.so.6' },
      { kind: 'library', interpreter: loader, needed: [] },
    ],
    ['a static program', { type: 2 }, { kind: 'program', needed: [] }],
    ['an object', { type: 1 }, { kind: 'object', needed: [] }],
    ['what patchelf changed', { needed: ['libz.so.1'], stringsLast: true }, { kind: 'library', needed: ['libz.so.1'] }],
    ['a large one', { needed: ['libz.so.1'], code: 300_000 }, { kind: 'library', needed: ['libz.so.1'] }],
  ])('%s, in slices of any size', (_, parts, expected) => {
    for (const size of sliceSizes) expect(binaryOf(parts, size)).toEqual({ architecture: 'amd64', ...expected });
  });

  it.each<[ElfParts, string]>([
    [{ machine: 183 }, 'arm64'],
    [{ machine: 40, is64: false }, 'arm'],
    [{ machine: 3, is64: false }, '386'],
    [{ machine: 22, isLittle: false }, 's390x'],
    [{ machine: 21 }, 'ppc64le'],
    [{ machine: 21, isLittle: false }, 'ppc64'],
    [{ machine: 243 }, 'riscv64'],
    [{ machine: 8, is64: false, isLittle: false }, 'mips'],
    [{ machine: 8 }, 'mips64le'],
    [{ machine: 999 }, 'machine 999'],
  ])('%j is for %s', (parts, architecture) => {
    const needed = ['libc.so.6'];
    expect(binaryOf({ ...parts, needed })).toEqual({ architecture, kind: 'library', needed });
  });

  it('that only begins like one is none', () => {
    expect(factsOf({ content: '\x7fELF' })).toBeUndefined();
    expect(
      factsOf({ content: Buffer.concat([Buffer.from('\x7fELF', 'latin1'), Buffer.alloc(500, 0xff)]) }),
    ).toBeUndefined();
  });

  it('of any bytes behind its magic number gives facts of a bounded size, or none', () => {
    const garbage = fc.tuple(
      fc.uint8Array({ maxLength: 600 }),
      fc.array(fc.tuple(fc.nat(400), fc.constantFrom(0, 1, 2, 0xff))),
      fc.integer({ min: 1, max: 700 }),
    );
    fc.assert(
      fc.property(garbage, ([tail, changes, size]) => {
        const content = Buffer.concat([
          elf({ interpreter: loader, needed: ['a', 'b'], data: goBuildInfo('go1.25', '') }),
          tail,
        ]);
        for (const [at, value] of changes) if (at >= 4) content[at] = value;
        const facts = factsOf({ content }, size);
        expect(JSON.stringify(facts ?? {}).length).toBeLessThan(100_000);
        expect(facts).toEqual(factsOf({ content }));
      }),
      { numRuns: 500 },
    );
  });
});

describe("Go's build info", () => {
  const modules = [
    'path\texample.com/app',
    'mod\texample.com/app\t(devel)\t',
    'dep\tgolang.org/x/sys\tv0.20.0\th1:x=',
    'dep\texample.com/old\tv1.0.0',
    '=>\texample.com/fork\tv1.0.1\th1:y=',
    'build\t-compiler=gc',
    '',
  ].join('\n');
  const expected = [
    { type: 'golang', name: 'stdlib', version: '1.25.4' },
    { type: 'golang', name: 'example.com/app', version: '(devel)' },
    { type: 'golang', name: 'golang.org/x/sys', version: 'v0.20.0' },
    { type: 'golang', name: 'example.com/fork', version: 'v1.0.1' },
  ];

  it.each([1, 5, 15, 16, 17, 1000, 1 << 30])('is found in slices of %i bytes', (size) => {
    const data = Buffer.concat([
      Buffer.alloc(160, 0xff),
      goBuildInfo('go1.25.4 X:nocoverageredesign', modules),
      Buffer.alloc(50),
    ]);
    expect(factsOf({ content: elf({ type: 2, data }) }, size)?.packages).toEqual(expected);
  });

  it('is not what only looks like it: elsewhere than in data, or at an odd place', () => {
    const info = goBuildInfo('go1.25.4', modules);
    const odd = Buffer.concat([Buffer.alloc(8), info, Buffer.alloc(8)]);
    expect(factsOf({ content: elf({ type: 2, data: odd }) })?.packages).toBeUndefined();
    expect(factsOf({ content: Buffer.concat([elf({ type: 1 }), info]) })?.packages).toBeUndefined();
    expect(factsOf({ content: info })).toBeUndefined();
  });

  it('of an older Go is said not to be read', () => {
    const old = goBuildInfo('go1.17', modules);
    old[15] = 0;
    expect(factsOf({ content: elf({ type: 2, data: old }) })?.trouble).toMatch('before 1.18');
  });

  it('that is cut off is said to be', () => {
    const data = goBuildInfo('go1.25.4', modules).subarray(0, 60);
    expect(factsOf({ content: elf({ type: 2, data }) })).toMatchObject({ trouble: 'its Go build info is cut off' });
  });
});

describe('a script', () => {
  it.each([
    ['#!/bin/sh\necho', 0o755, '/bin/sh'],
    ['#! /usr/bin/env node', 0o755, '/usr/bin/env node'],
    ['#!/bin/sh\n', 0o644, undefined],
    ['#!\n', 0o755, undefined],
    ['#', 0o755, undefined],
    [`#!/${'a'.repeat(400)}`, 0o755, `/${'a'.repeat(253)}`],
  ])('%j', (content, mode, script) => {
    for (const size of [1, 2, 7, 1000]) expect(factsOf({ content, mode }, size)?.script).toBe(script);
  });
});
