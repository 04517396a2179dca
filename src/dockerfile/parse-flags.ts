/** What a flag of an instruction takes: nothing or a boolean, one value, or a value each time it stands there. */
type FlagKind = 'boolean' | 'value' | 'values';

/** Every flag that some BuildKit knows, the ones of its labs releases included: a newer one than the builder's is BuildKit's to refuse. */
const KNOWN_FLAGS: Readonly<Record<string, Readonly<Record<string, FlagKind>>>> = {
  ADD: {
    chown: 'value',
    chmod: 'value',
    link: 'boolean',
    'keep-git-dir': 'boolean',
    checksum: 'value',
    unpack: 'boolean',
    exclude: 'values',
  },
  COPY: { chown: 'value', chmod: 'value', link: 'boolean', from: 'value', parents: 'boolean', exclude: 'values' },
  FROM: { platform: 'value' },
  HEALTHCHECK: {
    interval: 'value',
    timeout: 'value',
    'start-period': 'value',
    'start-interval': 'value',
    retries: 'value',
  },
  RUN: { mount: 'values', network: 'value', security: 'value', device: 'values' },
};

export type ParsedFlags =
  | { readonly kind: 'flags'; readonly values: ReadonlyMap<string, readonly string[]> }
  | { readonly kind: 'invalid'; readonly reason: string; readonly known: readonly string[]; readonly name: string };

/** Reads the flags of an instruction whose keyword is in upper case; booleans are `true` or `false`. */
export function parseFlags(keyword: string, flags: readonly string[]): ParsedFlags {
  const known = KNOWN_FLAGS[keyword] ?? {};
  const values = new Map<string, string[]>();
  for (const flag of flags) {
    const equals = flag.indexOf('=');
    const name = flag.slice(2, equals < 0 ? undefined : equals);
    const value = equals < 0 ? undefined : flag.slice(equals + 1);
    const kind = Object.hasOwn(known, name) ? known[name] : undefined;
    const before = values.get(name);
    const problem = findProblem({ kind, value, isRepeated: before !== undefined });
    if (problem !== undefined)
      return { kind: 'invalid', reason: `${problem}: --${name}`, known: Object.keys(known), name };
    values.set(name, [...(before ?? []), value === undefined || value === '' ? 'true' : value]);
    if (kind !== 'boolean') values.set(name, [...(before ?? []), value ?? '']);
  }
  return { kind: 'flags', values };
}

function findProblem(flag: {
  kind: FlagKind | undefined;
  value: string | undefined;
  isRepeated: boolean;
}): string | undefined {
  if (flag.kind === undefined) return 'unknown flag';
  if (flag.isRepeated && flag.kind !== 'values') return 'duplicate flag';
  if (flag.kind !== 'boolean') return flag.value === undefined ? 'missing a value on flag' : undefined;
  if (flag.value === '') return 'missing a value on flag';
  return ['true', 'false', undefined].includes(flag.value?.toLowerCase())
    ? undefined
    : 'expecting true or false for flag';
}
