import { UserError } from '../user-error.ts';

/** `os/arch[/variant]` in pieces, normalised; `variant` is '' where the architecture has no variants in use. */
export type Platform = { readonly os: string; readonly architecture: string; readonly variant: string };

/** Reads what people and configs write (`linux/amd64`, `arm64`, `linux/arm64/v8`, `x86_64`); exit 2 for anything else. */
export function parsePlatform(text: string): Platform {
  const parts = text.trim().toLowerCase().split('/');
  const isWellFormed = parts.length <= 3 && parts.every((part) => /^[a-z0-9_.-]+$/.test(part));
  if (!isWellFormed) {
    throw new UserError(`${JSON.stringify(text)} is not a platform`, {
      hint: 'Write it as linux/amd64 or linux/arm/v7.',
    });
  }
  const [first = '', second, variant = ''] = parts;
  return second === undefined ? normalise('linux', first, '') : normalise(first, second, variant);
}

/** The same from an image config or an index, where each piece is a field of its own and may be missing. */
export function platformFrom(fields: PlatformFields): Platform {
  return normalise(fields.os || 'unknown', fields.architecture || 'unknown', fields.variant ?? '');
}

export type PlatformFields = {
  readonly os?: string | undefined;
  readonly architecture?: string | undefined;
  readonly variant?: string | undefined;
};

/** `os/arch[/variant]`; the one spelling that we print and compare. */
export function formatPlatform({ os, architecture, variant }: Platform): string {
  return variant === '' ? `${os}/${architecture}` : `${os}/${architecture}/${variant}`;
}

/** True when both name the same platform, however each was spelled. */
export function isSamePlatform(a: Platform, b: Platform): boolean {
  return formatPlatform(a) === formatPlatform(b);
}

function normalise(os: string, architecture: string, variant: string): Platform {
  const arch = architecture.toLowerCase();
  const alias = aliases.get(arch) ?? { architecture: arch };
  const chosen = variant.toLowerCase() || (alias.variant ?? defaultVariants.get(alias.architecture) ?? '');
  const withV = /^[0-9]+$/.test(chosen) ? `v${chosen}` : chosen;
  return {
    os: os.toLowerCase() === 'macos' ? 'darwin' : os.toLowerCase(),
    architecture: alias.architecture,
    variant: impliedVariants.get(alias.architecture) === withV ? '' : withV,
  };
}

type Alias = { readonly architecture: string; readonly variant?: string };

// Aliases and implied variants are containerd's (platforms/database.go), which BuildKit uses.
const aliases: ReadonlyMap<string, Alias> = new Map([
  ['x86_64', { architecture: 'amd64' }],
  ['x86-64', { architecture: 'amd64' }],
  ['aarch64', { architecture: 'arm64' }],
  ['i386', { architecture: '386' }],
  ['armhf', { architecture: 'arm', variant: 'v7' }],
  ['armel', { architecture: 'arm', variant: 'v6' }],
]);
const defaultVariants: ReadonlyMap<string, string> = new Map([['arm', 'v7']]);
const impliedVariants: ReadonlyMap<string, string> = new Map([
  ['arm64', 'v8'],
  ['amd64', 'v1'],
]);
