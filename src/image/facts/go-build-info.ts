import { type FoundPackage, isFit } from './file-facts.ts';
import { linesOf } from './text-lines.ts';

/** What begins the build info that Go's linker writes into a program (debug/buildinfo). */
export const goMagic = Buffer.from('\xff Go buildinf:', 'latin1');
export const goAlignment = 16;

/**
 * Main module, dependencies and standard library of a Go program; `bytes` begin with the magic. What a `replace` put in
 * place is listed, not what it replaced. A string says why it cannot be read.
 */
export function readGoBuildInfo(bytes: Buffer): FoundPackage[] | string {
  if ((bytes[flagsAt] ?? 0) & inlineFlag) {
    const version = readString(bytes, stringsAt);
    const modules = version && readString(bytes, version.end);
    if (!version || !modules) return 'its Go build info is cut off';
    return [...standardLibrary(version.text), ...listModules(modules.text)];
  }
  return 'its Go build info is of a Go before 1.18, which keeps it elsewhere';
}

const flagsAt = 15;
const inlineFlag = 2;
const stringsAt = 32;

/** A length as varint (encoding/binary), then the bytes. */
function readString(bytes: Buffer, at: number): { readonly text: string; readonly end: number } | null {
  let length = 0;
  for (let shift = 0, from = at; shift < 35; shift += 7) {
    const byte = bytes[from++];
    if (byte === undefined) return null;
    length += (byte & 0x7f) * 2 ** shift;
    if (byte >= 0x80) continue;
    const end = from + length;
    // Latin-1 first: the module list is framed by bytes that are no UTF-8.
    return end > bytes.length ? null : { text: bytes.toString('latin1', from, end), end };
  }
  return null;
}

/** As `go1.25.4`, with ` X:…` behind it for experiments. */
function standardLibrary(text: string): FoundPackage[] {
  const version = text.replace(/^go/, '').split(' ')[0];
  return isFit(version) ? [{ type: 'golang', name: 'stdlib', version }] : [];
}

/** Lines of `mod`, `dep` and `=>` with path, version and sum between tabs (runtime/debug.BuildInfo). */
function listModules(framed: string): FoundPackage[] {
  const text = framed.length >= 33 && framed.at(-17) === '\n' ? framed.slice(16, -16) : '';
  const found: FoundPackage[] = [];
  for (const line of linesOf(Buffer.from(text, 'latin1').toString('utf8'))) {
    const [word, name, version] = line.split('\t');
    if (word === '=>') found.pop();
    else if (word !== 'mod' && word !== 'dep') continue;
    if (isFit(name)) found.push({ type: 'golang', name, version: isFit(version) ? version : '(unknown)' });
  }
  return found;
}
