import { type FoundPackage, isFit } from './file-facts.ts';
import { linesOf } from './text-lines.ts';

/**
 * The packages of dpkg's status (deb-control(5), dpkg-query(1)). What was removed and left only its configuration has no
 * files in the image and is left out; a stanza without a status is one of distroless's status.d.
 */
export function readDpkgStatus(text: string): FoundPackage[] {
  const found: FoundPackage[] = [];
  let stanza: Stanza = {};
  for (const line of linesOf(text)) {
    if (line === '') {
      addPackage(found, stanza);
      stanza = {};
    } else readField(line, stanza);
  }
  addPackage(found, stanza);
  return found;
}

type Stanza = { name?: string; version?: string; status?: string };

function readField(line: string, stanza: Stanza): void {
  if (line.startsWith('Package:')) stanza.name = line.slice(8).trim();
  else if (line.startsWith('Version:')) stanza.version = line.slice(8).trim();
  else if (line.startsWith('Status:')) stanza.status = line.slice(7).trim();
}

function addPackage(found: FoundPackage[], { name, version, status }: Stanza): void {
  const state = status?.split(' ').at(-1);
  if (state === 'config-files' || state === 'not-installed') return;
  if (isFit(name) && isFit(version)) found.push({ type: 'deb', name, version });
}
