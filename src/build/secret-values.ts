import type { ImageEntry } from '../settings/settings.ts';

/** Every value that a build argument of the entry has, those that come from the environment included: nothing to show. */
export function buildArgumentValues(
  { buildArgs }: Pick<ImageEntry, 'buildArgs'>,
  env: Readonly<Record<string, string | undefined>>,
): readonly string[] {
  return Object.entries(buildArgs)
    .map(([name, value]) => value ?? env[name])
    .filter((value) => value !== undefined);
}
