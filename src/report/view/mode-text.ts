import type { ListedFile } from '../../profile/profile.ts';

/** Permission bits as `ls` writes them, the type in front: `-rwxr-xr-x`, `lrwxrwxrwx`, `-rwsr-xr-x`. */
export function modeText(type: ListedFile['type'], mode: number): string {
  const letters = ['r', 'w', 'x'].map((letter, at) => ({ letter, bit: 4 >> at }));
  const groups = [6, 3, 0].map((shift, at) => {
    const special = (mode & (0o4000 >> at)) !== 0;
    return letters.map(({ letter, bit }) => {
      const isSet = (mode & (bit << shift)) !== 0;
      if (letter !== 'x' || !special) return isSet ? letter : '-';
      const mark = at === 2 ? 't' : 's';
      return isSet ? mark : mark.toUpperCase();
    });
  });
  return typeLetter[type] + groups.flat().join('');
}

const typeLetter = {
  file: '-',
  hardlink: '-',
  symlink: 'l',
  directory: 'd',
  char: 'c',
  block: 'b',
  fifo: 'p',
} as const;
