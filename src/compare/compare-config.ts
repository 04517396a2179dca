import type { Profile } from '../profile/profile.ts';
import type { Delta } from './delta.ts';

/** What changed in how the image runs, by key in a fixed order; null where one side has nothing. */
export function compareConfig(base: Profile, head: Profile): Delta['config'] {
  const before = flatten(base);
  const after = flatten(head);
  return [...new Set([...before.keys(), ...after.keys()])]
    .filter((key) => before.get(key) !== after.get(key))
    .map((key) => ({ key, before: before.get(key) ?? null, after: after.get(key) ?? null }));
}

function flatten({ user, config }: Profile): ReadonlyMap<string, string> {
  const entries: [string, string | undefined][] = [
    ['USER', user.configured],
    ['ENTRYPOINT', vector(config.entrypoint)],
    ['CMD', vector(config.cmd)],
    ['WORKDIR', config.workingDir],
    ['HEALTHCHECK', vector(config.healthcheck ?? null)],
    ['STOPSIGNAL', config.stopSignal],
    ...config.env.map((name): [string, string] => [`ENV ${name}`, 'set']),
    ...config.ports.map((port): [string, string] => [`EXPOSE ${port}`, 'exposed']),
    ...config.volumes.map((path): [string, string] => [`VOLUME ${path}`, 'declared']),
    ...Object.entries(config.labels).map(([name, value]): [string, string] => [`LABEL ${name}`, value]),
  ];
  return new Map(entries.filter((entry): entry is [string, string] => entry[1] !== undefined && entry[1] !== ''));
}

function vector(words: readonly string[] | null): string | undefined {
  return words === null ? undefined : JSON.stringify(words);
}
