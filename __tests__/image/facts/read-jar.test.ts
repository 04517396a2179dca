import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { FactBudget } from '../../../src/image/facts/fact-budget.ts';
import { readJar } from '../../../src/image/facts/read-jar.ts';
import { type ZipMember, zip } from '../../support/zip-writer.ts';

const pom = (artifact: string, group = 'org.a'): ZipMember => ({
  name: `META-INF/maven/${group}/${artifact}/pom.properties`,
  content: `groupId=${group}\nartifactId=${artifact}\nversion=1.0\n`,
});
const padded = (artifact: string) => `${pom(artifact).content}#${'x'.repeat(200_000)}`;
const manifest: ZipMember = {
  name: 'META-INF/MANIFEST.MF',
  content: 'Bundle-SymbolicName: org.b\nBundle-Version: 2.0\n',
};
const read = (archive: Buffer, path = 'a.jar') => readJar(archive, path, new FactBudget());
const namesOf = (archive: Buffer, path = 'app/app.jar') =>
  read(archive, path).packages.map(({ name, version }) => `${name} ${version}`);

describe('a Java archive', () => {
  it('names what Maven wrote into it, all of a shaded one', () => {
    expect(namesOf(zip([manifest, pom('x'), pom('y')]))).toEqual(['org.a:x 1.0', 'org.a:y 1.0']);
  });

  it('names what its manifest says, or what it is called, when Maven wrote nothing', () => {
    expect(namesOf(zip([manifest]))).toEqual(['org.b 2.0']);
    expect(namesOf(zip([{ name: 'A.class', content: '' }]), 'lib/guava-33.2.1-jre.jar')).toEqual(['guava 33.2.1-jre']);
    expect(namesOf(zip([]), 'lib/app.jar')).toEqual([]);
  });

  it.each([true, false])('names what is in the archives in it, stored: %s', (isStored) => {
    const inner = { name: 'BOOT-INF/lib/inner-3.0.jar', content: zip([pom('inner')]), isStored };
    expect(namesOf(zip([pom('outer'), inner]))).toEqual(['org.a:outer 1.0', 'org.a:inner 1.0']);
  });

  it('is looked into one level deep', () => {
    const third = { name: 'third-1.jar', content: zip([pom('third')]), isStored: true };
    const second = { name: 'second-1.jar', content: zip([pom('second'), third]), isStored: true };
    expect(namesOf(zip([second]))).toEqual(['org.a:second 1.0']);
  });

  it('may follow a script', () => {
    expect(namesOf(zip([pom('x')], Buffer.from('#!/bin/sh\nexec java -jar $0\n')))).toEqual(['org.a:x 1.0']);
  });

  it('that is none says why', () => {
    expect(read(Buffer.from('hello'))).toEqual({ packages: [], trouble: 'it is no whole zip archive' });
    const broken = zip([{ name: 'inner.jar', content: 'hello' }]);
    expect(read(broken).trouble).toBe('1 of the archives and manifests in it could not be read');
  });

  it('unpacks no more than its bounds', () => {
    const bomb = { name: 'inner.jar', content: Buffer.alloc(200 * 1024 * 1024) };
    const archive = zip([bomb]);
    expect(read(archive).trouble).toBe('1 of the archives and manifests in it could not be read');
    const claim = archive.lastIndexOf('PK\x01\x02');
    archive.writeUInt32LE(1000, claim + 24);
    expect(read(archive).trouble).toBe('1 of the archives and manifests in it could not be read');
  });

  it.each<[string, readonly ZipMember[]]>([
    [
      'a stored archive',
      [{ name: 'i.jar', content: zip([{ ...pom('y'), times: 3000 }]), isStored: true, times: 3000 }],
    ],
    ['a packed archive', [{ name: 'i.jar', content: zip([{ ...pom('y'), times: 3000 }]), times: 3000 }]],
    ['a stored text', [{ ...pom('y'), content: padded('y'), isStored: true, times: 90_000 }]],
    ['a packed text', [{ ...pom('y'), content: padded('y'), times: 90_000 }]],
  ])('that lists %s again and again is not read as often as it says', (_, members) => {
    const { packages, trouble } = read(zip(members));
    expect(packages.length).toBeGreaterThan(0);
    expect(packages.length).toBeLessThan(20_000);
    expect(trouble).toMatch(/^\d+ of the archives and manifests in it could not be read$/);
  });

  it('among many that each inflate to their bound is paid for by its layer', () => {
    const layer = new FactBudget();
    const bomb = zip([{ ...pom('y'), content: padded('y'), times: 400 }]);
    const found = Array.from({ length: 20 }, () => readJar(bomb, 'a.jar', layer).packages.length);
    expect(found[0]).toBeGreaterThan(300);
    expect(found.at(-1)).toBe(0);
  });

  it('with any bytes changed, cut anywhere, names packages or says why, and never throws', () => {
    const archive = zip([manifest, pom('x'), { name: 'i.jar', content: zip([pom('y')]), isStored: true }]);
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(archive.length - 1), fc.nat(255)), { maxLength: 20 }),
        fc.nat(archive.length),
        (changes, length) => {
          const changed = Buffer.from(archive.subarray(0, length));
          for (const [at, value] of changes) if (at < length) changed[at] = value;
          const { packages, trouble } = read(changed);
          expect(packages.length).toBeLessThan(20);
          expect(trouble ?? '').not.toMatch(/undefined|NaN/);
        },
      ),
      { numRuns: 500 },
    );
  });
});
