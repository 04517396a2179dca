import { type FoundPackage, isFit } from './file-facts.ts';

/** The package of a package.json: one without name and version is none that was installed. Null when it is no JSON. */
export function readNpmPackage(text: string): FoundPackage[] | null {
  let value: unknown;
  try {
    // A byte order mark is what npm forgives too.
    value = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    return null;
  }
  if (typeof value !== 'object' || value === null || !('name' in value) || !('version' in value)) return [];
  const { name, version } = value;
  return isFit(name) && isFit(version) ? [{ type: 'npm', name, version }] : [];
}
