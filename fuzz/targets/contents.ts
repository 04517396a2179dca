import { elf, goBuildInfo } from '../../__tests__/support/elf-writer.ts';
import { factsOf } from '../../__tests__/support/facts-of.ts';
import { zip } from '../../__tests__/support/zip-writer.ts';
import { type FileFacts, isFit } from '../../src/image/facts/file-facts.ts';
import { mutateBytes } from '../mutate-bytes.ts';
import { checkSame } from '../promises.ts';
import type { Random } from '../random.ts';
import { attempt } from '../run-guarded.ts';
import type { Target } from '../target.ts';

/** Where a file may lie decides how it is read; the last is read by its first bytes. */
const paths = [
  'var/lib/dpkg/status',
  'lib/apk/db/installed',
  'app/node_modules/a/package.json',
  'lib/a.dist-info/METADATA',
  'app/guava-33.2.1-jre.jar',
  'bin/program',
] as const;

type Path = (typeof paths)[number];

/** The first byte of an input chooses its path. */
function input(path: Path, content: string | Buffer): Buffer {
  return Buffer.concat([Buffer.from([paths.indexOf(path)]), Buffer.from(content)]);
}

const pom = 'groupId=g\nartifactId=a\nversion=1\n';
const manifest = 'Bundle-SymbolicName: b;x\nImplementation-Title: t\n u\nImplementation-Version: 2\n\n';
const goModules = 'path\tx\nmod\tx\tv1\t\ndep\ty\tv2\th1:\n=>\tz\tv3\n';

/** What is read out of files: package databases and manifests, archives of Java, programs. */
export const contentsTarget: Target = {
  name: 'contents',
  seeds: () => [
    input('var/lib/dpkg/status', 'Package: a\nStatus: install ok installed\nVersion: 1\n\nPackage: b\nVersion: 2\n'),
    input('lib/apk/db/installed', 'C:Q1=\nP:musl\nV:1.2.5-r0\n\nP:zlib\nV:1\n'),
    input('app/node_modules/a/package.json', '\ufeff{"name":"@a/b","version":"1.0.0"}'),
    input('lib/a.dist-info/METADATA', 'Metadata-Version: 2.1\nName: A.b_c\nVersion: 1\n\nName: text\n'),
    input(
      'app/guava-33.2.1-jre.jar',
      zip([
        { name: 'META-INF/MANIFEST.MF', content: manifest },
        { name: 'META-INF/maven/g/a/pom.properties', content: pom },
        { name: 'i.jar', content: zip([{ name: 'META-INF/MANIFEST.MF', content: manifest }]), isStored: true },
        { name: 'j.jar', content: zip([{ name: 'META-INF/maven/g/a/pom.properties', content: pom }]), times: 3 },
      ]),
    ),
    input('bin/program', elf({ type: 2, interpreter: '/lib/ld.so', needed: ['libc.so.6', 'libm.so'], isPie: true })),
    input('bin/program', elf({ is64: false, isLittle: false, needed: ['a', 'b'], soname: 'c', stringsLast: true })),
    input('bin/program', elf({ type: 2, data: goBuildInfo('go1.25.4', goModules) })),
    input('bin/program', '#! /usr/bin/env -S node --a\nx\n'),
  ],
  mutate: (one, other, random) => Buffer.concat([kindOf(one, random), mutateBytes(one.subarray(1), other, random)]),
  run: async (bytes) => {
    const path = paths[(bytes[0] ?? 0) % paths.length] ?? paths[0];
    const content = bytes.subarray(1);
    const whole = await attempt(() => factsOf({ path, content }));
    const sliceBytes = 1 + (content.length % 700);
    checkSame(whole, await attempt(() => factsOf({ path, content }, sliceBytes)));
    if ('result' in whole) checkFacts(whole.result);
  },
};

function kindOf(bytes: Buffer, random: Random): Buffer {
  return Buffer.from([random.chance(0.05) ? random.int(paths.length) : (bytes[0] ?? 0)]);
}

/** What is told goes into reports: short names, and no more of them than the bytes could say. */
function checkFacts(facts: FileFacts | undefined): void {
  const { packages = [], binary, script, trouble } = facts ?? {};
  if (packages.length > 20_000) throw new Error(`${packages.length} packages`);
  const texts = packages.flatMap(({ name, version }) => [name, version]);
  texts.push(...(binary?.needed ?? []));
  for (const text of [binary?.interpreter, script, trouble]) if (text !== undefined) texts.push(text);
  const unfit = texts.find((text): boolean => !isFit(text));
  if (unfit !== undefined) throw new Error(`a text that may not be told: ${JSON.stringify(unfit.slice(0, 100))}`);
}
