import type { RootFilesystem } from '../image/root-filesystem.ts';
import type { Profile } from './profile.ts';

type Family = Profile['base']['family'];

const familyById: Readonly<Record<string, Family>> = {
  wolfi: 'wolfi',
  chainguard: 'wolfi',
  alpine: 'alpine',
  debian: 'debian',
  ubuntu: 'ubuntu',
  rhel: 'rhel',
  azurelinux: 'azurelinux',
  mariner: 'azurelinux',
};

/** Tells the family of a base by what it left in the root filesystem, never by its name. */
export function baseFamily(filesystem: RootFilesystem, isScratch: boolean): Family {
  if (isScratch) return 'scratch';
  const release = readRelease(filesystem);
  if (release.get('PRETTY_NAME') === 'Distroless') return 'distroless';
  if (filesystem.lookUp('/var/lib/chisel/manifest.wall') !== undefined) return 'chiselled';
  const id = release.get('ID');
  if (id !== undefined) return familyById[id] ?? 'other';
  const shell = filesystem.lookUp('/bin/sh');
  return shell?.body?.entry.contains === 'busybox' ? 'busybox' : 'unknown';
}

/** os-release(5): `NAME=value`, quotes optional. Distroless has a symlink to /usr/lib/os-release. */
function readRelease(filesystem: RootFilesystem): ReadonlyMap<string, string> {
  const node = filesystem.lookUp('/etc/os-release') ?? filesystem.lookUp('/usr/lib/os-release');
  const lines = (node?.body?.entry.text ?? '').split('\n');
  return new Map(
    lines.flatMap((line): [string, string][] => {
      const match = /^([A-Z_]+)=(["']?)(.*)\2\s*$/.exec(line);
      return match === null ? [] : [[match[1] ?? '', match[3] ?? '']];
    }),
  );
}
