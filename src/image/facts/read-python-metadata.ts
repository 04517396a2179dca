import { type FoundPackage, isFit } from './file-facts.ts';
import { linesOf } from './text-lines.ts';

/** The package of a METADATA or PKG-INFO (core metadata: headers up to the first empty line), its name as PEP 503 writes it. */
export function readPythonMetadata(text: string): FoundPackage[] {
  let name: string | undefined;
  let version: string | undefined;
  for (const line of linesOf(text)) {
    if (line === '') break;
    if (name === undefined && /^name:/i.test(line)) name = line.slice(5).trim();
    else if (version === undefined && /^version:/i.test(line)) version = line.slice(8).trim();
  }
  if (!isFit(name) || !isFit(version)) return [];
  return [{ type: 'pypi', name: name.toLowerCase().replace(/[-_.]+/g, '-'), version }];
}
