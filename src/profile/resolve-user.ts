import type { RootFilesystem } from '../image/root-filesystem.ts';

/** Who the image runs as. Ids are null where the image's own files do not know the name. */
export type ResolvedUser = { readonly uid: number | null; readonly gid: number | null; readonly name?: string };

type PasswdEntry = { readonly name: string; readonly uid: number; readonly gid: number };

const highestId = 2 ** 31 - 1;

/**
 * Resolves `USER user[:group]` as a container runtime does: a number is always an id and counts without a line in
 * the image's /etc/passwd, a name is that of its first line, an empty user is root. A group given wins over the user's own.
 */
export function resolveUser(configured: string, filesystem: RootFilesystem): ResolvedUser {
  const [user = '', group = ''] = configured.split(':', 2);
  const known = findUser(user === '' ? '0' : user, readTable(filesystem, '/etc/passwd').flatMap(passwdEntry));
  const uid = known?.uid ?? (user === '' ? 0 : numericId(user));
  const gid = group === '' ? (known?.gid ?? (uid === null ? null : 0)) : findGroup(group, filesystem);
  return { uid, gid, ...(known === undefined ? {} : { name: known.name }) };
}

function findUser(user: string, entries: readonly PasswdEntry[]): PasswdEntry | undefined {
  const id = numericId(user);
  return entries.find((entry) => (id === null ? entry.name === user : entry.uid === id));
}

function findGroup(group: string, filesystem: RootFilesystem): number | null {
  const id = numericId(group);
  for (const [name, , gid = ''] of readTable(filesystem, '/etc/group')) {
    const known = numericId(gid);
    if (known !== null && (id === null ? name === group : known === id)) return known;
  }
  return id;
}

function readTable(filesystem: RootFilesystem, path: string): string[][] {
  const text = filesystem.lookUp(path)?.body?.entry.text ?? '';
  return text
    .split('\n')
    .filter((line) => line.includes(':') && !line.startsWith('#'))
    .map((line) => line.trim().split(':'));
}

function passwdEntry([name = '', , uid = '', gid = '']: string[]): PasswdEntry[] {
  const id = numericId(uid);
  return id === null || name === '' ? [] : [{ name, uid: id, gid: numericId(gid) ?? 0 }];
}

/** `+0` and `00` are the number 0 to a runtime's parser, and so they are here: nobody hides root behind a spelling. */
function numericId(text: string): number | null {
  if (!/^\+?\d{1,10}$/.test(text)) return null;
  const id = Number.parseInt(text, 10);
  return id <= highestId ? id : null;
}
