export type ProgramKind = 'shell' | 'package manager' | 'forbidden program';

const shells = [
  ...['sh', 'bash', 'rbash', 'ash', 'hush', 'lash', 'msh', 'dash', 'posh', 'yash', 'zsh', 'rzsh', 'ksh', 'rksh'],
  ...['mksh', 'lksh', 'oksh', 'loksh', 'pdksh', 'csh', 'bsd-csh', 'tcsh', 'fish', 'nu', 'elvish', 'xonsh', 'osh'],
  ...['ysh', 'mrsh', 'sash', 'pwsh', 'powershell', 'busybox', 'toybox'],
];

const packageManagers = [
  ...['apt', 'apt-get', 'aptitude', 'dpkg', 'dpkg-deb', 'apk', 'rpm', 'dnf', 'microdnf', 'yum', 'tdnf', 'zypper'],
  ...['urpmi', 'pacman', 'opkg', 'ipkg', 'emerge', 'xbps-install', 'swupd', 'eopkg', 'slackpkg', 'installpkg'],
  ...['brew', 'nix', 'nix-env', 'guix', 'snap', 'flatpak', 'conda', 'mamba', 'micromamba', 'pip', 'pipx', 'pipenv'],
  ...['poetry', 'uv', 'uvx', 'easy_install', 'npm', 'npx', 'yarn', 'yarnpkg', 'pnpm', 'pnpx', 'corepack', 'gem'],
  ...['bundle', 'bundler', 'composer', 'cargo', 'rustup', 'luarocks', 'cpan', 'cpanm'],
];

const kinds = new Map<string, ProgramKind>([
  ...shells.map((name) => [name, 'shell'] as const),
  ...packageManagers.map((name) => [name, 'package manager'] as const),
]);

/** What distributions hang on a name: `pip3.13`, `zsh-5.9`, `ksh93`, `busybox.static`, `busybox-extras`, `sh.distrib`. */
const suffix = /(-?\d+(\.\d+)*|[.-](static|suid|nosuid|extras|distrib|real|orig|preview))$/;

/** What a program of this name is, version and variant set aside; undefined for all that is neither. */
export function programKind(name: string, alsoForbidden: readonly string[] = []): ProgramKind | undefined {
  if (alsoForbidden.includes(name)) return 'forbidden program';
  return kinds.get(name) ?? kinds.get(name.replace(suffix, ''));
}
