import { baseNameOf } from '../image-path.ts';
import type { InflateBudget } from './fact-budget.ts';
import { type FoundPackage, isFit } from './file-facts.ts';
import { readManifest } from './read-manifest.ts';
import { readPomProperties } from './read-pom-properties.ts';
import { listZip, readZipped, type ZipFile } from './zip-directory.ts';

export type JarContent = { readonly packages: FoundPackage[]; readonly trouble?: string };

/**
 * The packages of a Java archive and of those in it, one level deep: what Maven wrote beside the classes
 * (`META-INF/maven/…/pom.properties`), else what the manifest says, else what the file is called. `layer` pays for what
 * must be inflated.
 */
export function readJar(zip: Buffer, path: string, layer: InflateBudget): JarContent {
  const budget = { bytes: maxInflated + 2 * zip.length, layer };
  const outer = readOne(zip, path, budget);
  if (typeof outer === 'string') return { packages: [], trouble: outer };
  const packages = [...outer.packages];
  let { unread } = outer;
  for (const file of outer.files) {
    if (!file.name.endsWith('.jar')) continue;
    const nested = unpack(zip, file, { budget, most: file.isStored ? zip.length : maxNested });
    const inner = nested && readOne(nested, file.name, budget);
    if (inner === null || typeof inner === 'string') {
      unread++;
      continue;
    }
    unread += inner.unread;
    for (const each of inner.packages) packages.push(each);
  }
  return {
    packages,
    ...(unread > 0 ? { trouble: `${unread} of the archives and manifests in it could not be read` } : {}),
  };
}

/**
 * Bytes that may still be looked at of one archive. A directory can list the same bytes again and again: an honest one
 * comes to its own length twice, as archives in it and as texts in those, beside what is inflated.
 */
type Budget = { bytes: number; readonly layer: InflateBudget };
type Opened = {
  readonly files: readonly ZipFile[];
  readonly packages: readonly FoundPackage[];
  /** Manifests that are broken, too large, or beyond the budget. */
  readonly unread: number;
};

function readOne(zip: Buffer, path: string, budget: Budget): Opened | string {
  const files = listZip(zip);
  if (typeof files === 'string') return files;
  const ofMaven: FoundPackage[] = [];
  let manifest: string | undefined;
  let unread = 0;
  for (const file of files) {
    const isPom = /^META-INF\/maven\/[^/]+\/[^/]+\/pom\.properties$/.test(file.name);
    if (!isPom && !/^META-INF\/MANIFEST\.MF$/i.test(file.name)) continue;
    const text = unpack(zip, file, { budget, most: maxText })?.toString('utf8');
    if (text === undefined) unread++;
    else if (isPom) ofMaven.push(...readPomProperties(text));
    else manifest ??= text;
  }
  if (ofMaven.length > 0) return { files, packages: ofMaven, unread };
  return { files, packages: readManifest(manifest ?? '') ?? nameOf(path), unread };
}

function unpack(zip: Buffer, file: ZipFile, { budget, most }: { budget: Budget; most: number }): Buffer | null {
  const cost = file.bytes + startCost;
  if (file.bytes > most || cost > budget.bytes) return null;
  if (!file.isStored && !budget.layer.spendInflated(cost)) return null;
  budget.bytes -= cost;
  return readZipped(zip, file);
}

/** Starting to inflate takes as long as going on for some thousand bytes. */
const startCost = 4096;

/** `guava-33.2.1-jre.jar`. */
function nameOf(path: string): FoundPackage[] {
  const [, name, version] = /^(.{1,200}?)-(\d.{0,100})\.[jwe]ar$/.exec(baseNameOf(path)) ?? [];
  return isFit(name) && isFit(version) ? [{ type: 'maven', name, version }] : [];
}

const maxText = 256 * 1024;
/** Inflated on the thread that reads; most build tools store archives in archives as they are. */
const maxNested = 8 * 1024 * 1024;
const maxInflated = 64 * 1024 * 1024;
