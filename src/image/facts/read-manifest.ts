import { type FoundPackage, isFit } from './file-facts.ts';
import { linesOf } from './text-lines.ts';

/** The package that the main section of a MANIFEST.MF names (JAR File Specification, OSGi Core 3.2.1); null when it names none. */
export function readManifest(text: string): FoundPackage[] | null {
  const values = mainSection(text);
  const bundle = values.get('bundle-symbolicname')?.split(';')[0]?.trim();
  const title = nameIn(values.get('implementation-title'));
  const vendor = values.get('implementation-vendor-id');
  const name = title !== undefined && vendor !== undefined ? `${vendor}:${title}` : (bundle ?? title);
  const version = values.get('implementation-version') ?? values.get('bundle-version');
  return isFit(name) && isFit(version) ? [{ type: 'maven', name, version }] : null;
}

/** Many a title is prose: `Apache Commons Lang`. */
function nameIn(title: string | undefined): string | undefined {
  return title === undefined || /\s/.test(title) ? undefined : title;
}

/** Names in lower case; a line that begins with a space goes on with the one before. */
function mainSection(text: string): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  let last = '';
  for (const line of linesOf(text)) {
    if (line === '' || values.size > maxHeaders) break;
    if (line.startsWith(' ')) {
      const value = (values.get(last) ?? '') + line.slice(1);
      if (value.length <= maxValue) values.set(last, value);
      continue;
    }
    const colon = line.indexOf(':');
    last = line.slice(0, Math.max(0, colon)).toLowerCase();
    values.set(last, line.slice(colon + 1).trim());
  }
  return values;
}

const maxHeaders = 200;
const maxValue = 1000;
