import { parse } from 'csv-parse/sync';
import type { ImageEntry } from '../settings/settings.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** Every value that a build argument of the entry has, those that come from the environment included: nothing to show. */
export function buildArgumentValues({ buildArgs }: Pick<ImageEntry, 'buildArgs'>, env: Environment): readonly string[] {
  return Object.entries(buildArgs)
    .map(([name, value]) => value ?? variableOf(env, name))
    .filter((value) => value !== undefined);
}

/**
 * What the secrets of the entry hold, found as buildx finds it: `src`, `env`, else a variable or a file named like the id.
 * `readText` rejects for a file that cannot be read: buildx will say so.
 */
export async function secretValues(
  { secrets }: Pick<ImageEntry, 'secrets'>,
  env: Environment,
  readText: (path: string) => Promise<string>,
): Promise<readonly string[]> {
  const values = await Promise.all(
    secrets.map(async (written) => {
      const { id, src, source, env: variable } = readSecret(written);
      const file = src ?? source;
      const named = variable ?? (file === undefined ? id : undefined);
      const value = named === undefined ? undefined : variableOf(env, named);
      if (value !== undefined) return value;
      const path = file ?? id;
      return path === undefined || variable !== undefined ? undefined : readText(path).catch(() => undefined);
    }),
  );
  return values.filter((value) => value !== undefined);
}

/** A name may be one that every object has, such as `constructor`. */
export function variableOf(env: Environment, name: string): string | undefined {
  return Object.hasOwn(env, name) ? env[name] : undefined;
}

/** One CSV record of `key=value` fields; what is none is left to buildx to refuse. */
function readSecret(written: string): Readonly<Record<'id' | 'src' | 'source' | 'env', string | undefined>> {
  const fields = new Map(
    fieldsOf(written).map((field) => {
      const at = field.indexOf('=');
      return [field.slice(0, at).trim().toLowerCase(), field.slice(at + 1)] as const;
    }),
  );
  return { id: fields.get('id'), src: fields.get('src'), source: fields.get('source'), env: fields.get('env') };
}

function fieldsOf(written: string): readonly string[] {
  try {
    const [record = []] = parse(written);
    return record.filter((field) => field.includes('='));
  } catch {
    return [];
  }
}
