import type { RootFilesystem } from '../../image/root-filesystem.ts';
import type { Contents } from './contents-schema.ts';

/** The users of the image's own /etc/passwd (passwd(5)); a line that is none is left out. */
export function listUsers(filesystem: RootFilesystem): Contents['users'] {
  return cut(
    readTable(filesystem, '/etc/passwd').flatMap(([name = '', , uid = '', gid = '', , home = '', shell = '']) => {
      const ids = [uid, gid].map(idOf);
      const [user, group] = ids;
      if (name === '' || user === undefined || group === undefined) return [];
      return [{ name, uid: user, gid: group, home, shell }];
    }),
  );
}

/** The groups of /etc/group (group(5)) with the members that it names; a user's own group names none. */
export function listGroups(filesystem: RootFilesystem): Contents['groups'] {
  return cut(
    readTable(filesystem, '/etc/group').flatMap(([name = '', , gid = '', members = '']) => {
      const id = idOf(gid);
      if (name === '' || id === undefined) return [];
      return [{ name, gid: id, members: members.split(',', mostRows).filter((member) => member !== '') }];
    }),
  );
}

function readTable(filesystem: RootFilesystem, path: string): string[][] {
  const text = filesystem.lookUp(path)?.body?.entry.text ?? '';
  const lines = text.split('\n').filter((line) => line.includes(':') && !line.startsWith('#'));
  return lines.map((line) => line.slice(0, maxLine).trim().split(':', 8));
}

function idOf(text: string): number | undefined {
  return /^\d{1,10}$/.test(text) ? Number(text) : undefined;
}

function cut<Row>(rows: readonly Row[]): { count: number; list: Row[] } {
  return { count: rows.length, list: rows.slice(0, mostRows) };
}

/** A distribution has some forty; those of a company's directory do not live in images. */
const mostRows = 200;
const maxLine = 4096;
