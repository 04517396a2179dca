import type { InflateBudget } from './fact-budget.ts';
import type { FileFacts, FoundPackage } from './file-facts.ts';
import type { PackageFile } from './package-file.ts';
import { readApkInstalled } from './read-apk-installed.ts';
import { readDpkgStatus } from './read-dpkg-status.ts';
import { readJar } from './read-jar.ts';
import { readNpmPackage } from './read-npm-package.ts';
import { readPythonMetadata } from './read-python-metadata.ts';

/** How many bytes of such a file are read: of a Python package's description only the headers at its beginning. */
export const mostBytes: Readonly<Record<PackageFile, { readonly bytes: number; readonly isHeadEnough: boolean }>> = {
  dpkg: { bytes: 32 * 1024 * 1024, isHeadEnough: false },
  apk: { bytes: 32 * 1024 * 1024, isHeadEnough: false },
  rpm: { bytes: 256 * 1024 * 1024, isHeadEnough: false },
  npm: { bytes: 2 * 1024 * 1024, isHeadEnough: false },
  python: { bytes: 64 * 1024, isHeadEnough: true },
  jar: { bytes: 64 * 1024 * 1024, isHeadEnough: false },
};

type NamedContent = { readonly path: string; readonly content: Buffer };

/**
 * What a package database or manifest says; `budget` pays for what is inflated of it. Undefined where it names no package
 * and nothing is wrong with it.
 */
export function readPackageFile(kind: PackageFile, file: NamedContent, budget: InflateBudget): FileFacts | undefined {
  return readers[kind](file, budget);
}

const readers: Readonly<Record<PackageFile, (file: NamedContent, budget: InflateBudget) => FileFacts | undefined>> = {
  dpkg: ({ content }) => factsOf(readDpkgStatus(content.toString('utf8'))),
  apk: ({ content }) => factsOf(readApkInstalled(content.toString('utf8'))),
  rpm: ({ content: { buffer, byteOffset, length } }) => ({ database: new Uint8Array(buffer, byteOffset, length) }),
  npm: ({ content }) => {
    const packages = readNpmPackage(content.toString('utf8'));
    return packages === null ? { trouble: 'it is no JSON' } : factsOf(packages);
  },
  python: ({ content }) => factsOf(readPythonMetadata(content.toString('utf8'))),
  jar: ({ content, path }, budget) => {
    const { packages, trouble } = readJar(content, path, budget);
    return { ...factsOf(packages), ...(trouble === undefined ? {} : { trouble }) };
  },
};

function factsOf(packages: FoundPackage[]): FileFacts | undefined {
  return packages.length === 0 ? undefined : { packages };
}
