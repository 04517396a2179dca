import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isFit } from '../../../src/image/facts/file-facts.ts';
import { readApkInstalled } from '../../../src/image/facts/read-apk-installed.ts';
import { readDpkgStatus } from '../../../src/image/facts/read-dpkg-status.ts';
import { readManifest } from '../../../src/image/facts/read-manifest.ts';
import { readNpmPackage } from '../../../src/image/facts/read-npm-package.ts';
import { readPomProperties } from '../../../src/image/facts/read-pom-properties.ts';
import { readPythonMetadata } from '../../../src/image/facts/read-python-metadata.ts';

describe("dpkg's status", () => {
  const stanza = (name: string, status: string | null, version = '1.0-1') =>
    [`Package: ${name}`, ...(status === null ? [] : [`Status: ${status}`]), `Version: ${version}`, ''].join('\n');

  it.each([
    ['install ok installed', true],
    ['hold ok installed', true],
    ['install ok unpacked', true],
    ['install ok half-configured', true],
    ['install ok triggers-pending', true],
    ['deinstall ok config-files', false],
    ['purge ok not-installed', false],
    [null, true],
  ])('counts a package that is %s: %s', (status, counts) => {
    expect(readDpkgStatus(stanza('a', status))).toEqual(counts ? [{ type: 'deb', name: 'a', version: '1.0-1' }] : []);
  });

  it('has one package a stanza, whatever else stands in it', () => {
    const text = `${stanza('a', null)}\nDescription: of b\n Package: not this\n${stanza('b', null, '2:3')}\n\n${stanza('c', null)}`;
    expect(readDpkgStatus(text).map(({ name, version }) => `${name} ${version}`)).toEqual([
      'a 1.0-1',
      'b 2:3',
      'c 1.0-1',
    ]);
  });

  it('has none without a version', () => {
    expect(readDpkgStatus('Package: a\nStatus: install ok installed\n')).toEqual([]);
  });
});

it("apk's database has one package a paragraph", () => {
  const text = 'C:Q1\nP:musl\nV:1.2.5-r0\nA:x86_64\n\nP:busybox\nV:1.36.1-r29\nF:bin\nR:busybox\n\n';
  expect(readApkInstalled(text)).toEqual([
    { type: 'apk', name: 'musl', version: '1.2.5-r0' },
    { type: 'apk', name: 'busybox', version: '1.36.1-r29' },
  ]);
});

it("apk's database that apk wrote has the packages that apk info says", () => {
  const fixture = (name: string) => readFileSync(join(import.meta.dirname, '../../fixtures/apk', name), 'utf8');
  const found = readApkInstalled(fixture('installed')).map(({ name, version }) => `${name}-${version}`);
  expect(found.sort()).toEqual(fixture('apk-info.txt').trim().split('\n'));
});

describe("Python's metadata", () => {
  it.each([
    ['Metadata-Version: 2.1\nName: Zope.Interface\nVersion: 5.0\n\nName: other\n', 'zope-interface 5.0'],
    ['Version: 1\r\nName: Foo__Bar\r\n\r\n', 'foo-bar 1'],
    ['Name: a\n\nVersion: 1\n', undefined],
    ['', undefined],
  ])('%j names %s', (text, expected) => {
    const [found] = readPythonMetadata(text);
    expect(found && `${found.name} ${found.version}`).toBe(expected);
  });
});

describe('a package.json', () => {
  it.each<[string, unknown]>([
    ['{"name":"a","version":"1.0.0"}', [{ type: 'npm', name: 'a', version: '1.0.0' }]],
    ['\uFEFF{"name":"a","version":"1.0.0"}', [{ type: 'npm', name: 'a', version: '1.0.0' }]],
    ['{"name":"__proto__","version":"1","__proto__":{"x":1}}', [{ type: 'npm', name: '__proto__', version: '1' }]],
    ['{"__proto__":{"name":"a","version":"1"}}', []],
    ['{"name":"a"}', []],
    ['{"type":"module"}', []],
    ['{"name":"","version":"1"}', []],
    ['{"name":["a"],"version":"1"}', []],
    ['{"name":"a\\u001b[2J","version":"1"}', []],
    [`{"name":"${'a'.repeat(301)}","version":"1"}`, []],
    ['null', []],
    ['[1]', []],
    ['{"name":', null],
    ['', null],
  ])('%j', (text, expected) => {
    expect(readNpmPackage(text)).toEqual(expected);
  });
});

describe("Java's manifests", () => {
  it.each([
    ['Manifest-Version: 1.0\r\nBundle-SymbolicName: org.a.b;singleton:=true\r\nBundle-Version: 1.2\r\n', 'org.a.b 1.2'],
    ['Implementation-Title: lib\nImplementation-Vendor-Id: org.a\nImplementation-Version: 2\n', 'org.a:lib 2'],
    ['Implementation-Title: A Library of Prose\nImplementation-Version: 2\n', undefined],
    ['Bundle-SymbolicName: org.very.long.na\n me\nBundle-Version: 1\n', 'org.very.long.name 1'],
    ['Manifest-Version: 1.0\n\nName: x\nBundle-SymbolicName: a\nBundle-Version: 1\n', undefined],
    ['', undefined],
  ])('%j names %s', (text, expected) => {
    const [found] = readManifest(text) ?? [];
    expect(found && `${found.name} ${found.version}`).toBe(expected);
  });

  it('of Maven name group and artifact', () => {
    expect(readPomProperties('#Generated\nversion=1.0\ngroupId=org.a\nartifactId=b\n')).toEqual([
      { type: 'maven', name: 'org.a:b', version: '1.0' },
    ]);
    expect(readPomProperties('version=1.0\nartifactId=b\n')).toEqual([]);
  });
});

describe('any text', () => {
  const lines = fc
    .array(
      fc.oneof(
        fc.constantFrom(
          'Package: a',
          'Version: 1',
          'Status: x',
          'P:a',
          'V:1',
          'Name: a',
          '',
          ' folded',
          'groupId=a',
          '{',
        ),
        fc.string({ unit: 'binary', maxLength: 30 }),
        fc
          .constantFrom('Package: ', 'P:', 'Bundle-SymbolicName: ')
          .chain((key) => fc.string({ unit: 'binary', maxLength: 400 }).map((rest) => key + rest)),
      ),
      { maxLength: 40 },
    )
    .map((parts) => parts.join('\n'));

  it.each([
    ['readDpkgStatus', readDpkgStatus],
    ['readApkInstalled', readApkInstalled],
    ['readPythonMetadata', readPythonMetadata],
    ['readNpmPackage', readNpmPackage],
    ['readPomProperties', readPomProperties],
    ['readManifest', readManifest],
  ])('gives %s none but fit names and versions', (_, read) => {
    fc.assert(
      fc.property(lines, (text) => {
        for (const { name, version } of read(text) ?? [])
          expect([isFit(version), name.length < 700]).toEqual([true, true]);
      }),
    );
  });

  it('of a million lines is read within a second', () => {
    const text = 'Package: a\nVersion: 1\n\n'.repeat(330_000);
    const started = Date.now();
    expect(readDpkgStatus(text)).toHaveLength(330_000);
    expect(Date.now() - started).toBeLessThan(5000);
  });
});
