import { type FoundPackage, isFit } from './file-facts.ts';
import { linesOf } from './text-lines.ts';

/** The packages of apk's database of installed ones (apk-package(5): one letter, a colon, the value). */
export function readApkInstalled(text: string): FoundPackage[] {
  const found: FoundPackage[] = [];
  let name: string | undefined;
  let version: string | undefined;
  const add = (): void => {
    if (isFit(name) && isFit(version)) found.push({ type: 'apk', name, version });
    name = undefined;
    version = undefined;
  };
  for (const line of linesOf(text)) {
    if (line === '') add();
    else if (line.startsWith('P:')) name = line.slice(2);
    else if (line.startsWith('V:')) version = line.slice(2);
  }
  add();
  return found;
}
