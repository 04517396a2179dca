import type { Package, Profile } from '../../profile/profile.ts';
import { formatBytes } from '../format-bytes.ts';
import { count } from './count.ts';

/** One line about what is in an image; summary and paths are the report's, to be escaped. */
export type ContentsFact = { readonly label: string; readonly summary: string; readonly paths: readonly string[] };

const shownPaths = 5;

/** What a reader wants to know first of an image's contents; nothing of a report that has none. */
export function contentsFacts({ packages, contents }: Pick<Profile, 'packages' | 'contents'>): ContentsFact[] {
  const facts: (ContentsFact | undefined)[] = [packages && packagesFact(packages)];
  if (contents !== undefined) facts.push(binariesFact(contents), ...permissionFacts(contents));
  return facts.filter((fact) => fact !== undefined);
}

const typeNames: Readonly<Record<Package['type'], string>> = {
  deb: 'deb',
  apk: 'apk',
  rpm: 'rpm',
  npm: 'npm',
  pypi: 'Python',
  golang: 'Go',
  maven: 'Java',
};

function packagesFact(packages: readonly Package[]): ContentsFact {
  const counts = new Map<Package['type'], number>();
  for (const { type } of packages) counts.set(type, (counts.get(type) ?? 0) + 1);
  const parts = [...counts]
    .sort(([, one], [, other]) => other - one)
    .map(([type, number]) => `${number} ${typeNames[type]}`);
  return { label: 'Packages', summary: parts.length === 0 ? 'none found' : parts.join(', '), paths: [] };
}

type Contents = NonNullable<Profile['contents']>;

function binariesFact({ architectures, scripts }: Contents): ContentsFact | undefined {
  const parts = architectures
    .slice(0, 3)
    .map(({ architecture, count: number, bytes }) => `${number} for ${architecture} (${formatBytes(bytes)})`);
  if (scripts.count > 0) parts.push(count(scripts.count, 'script'));
  return parts.length === 0 ? undefined : { label: 'Binaries', summary: parts.join(', '), paths: [] };
}

function permissionFacts({ setuid, worldWritable }: Contents): (ContentsFact | undefined)[] {
  return [listFact('Setuid or setgid', setuid), listFact('Anybody may write', worldWritable)];
}

function listFact(label: string, { count: number, list }: Contents['setuid']): ContentsFact | undefined {
  if (number === 0) return undefined;
  const paths = list.slice(0, shownPaths).map(({ path }) => path);
  const more = number > paths.length ? `, the first ${paths.length}:` : ':';
  return { label, summary: `${number}${more}`, paths };
}
