import { UserError } from '../../user-error.ts';
import { quote } from '../quote.ts';
import type { InputReader } from './input-reader.ts';

/** A secret whose value stands in the workflow. */
export type SecretValue = { readonly id: string; readonly value: string };

/** `secrets`, each `ID=VALUE`; blanks and line breaks of a value are its own. Runs of strangers get empty values. */
export function readSecretValues({ list }: InputReader): readonly SecretValue[] {
  return list('secrets', 'untrimmed').map((written) => {
    const [id, value] = splitSecret('secrets', written);
    return { id, value };
  });
}

/** What to say of a secret without a value, which cannot be handed over. */
export function emptySecretNotice({ id }: SecretValue): string {
  return `The secret ${quote(id)} is empty, as in runs that get no secrets, so the build goes on without it.`;
}

/** `secret-envs` and `secret-files` as buildx takes them: `id=ID,env=NAME` and `id=ID,src=PATH`. */
export function readSecretSpecs(inputs: InputReader): readonly string[] {
  const envs = inputs.list('secret-envs', 'items').map((written) => splitSecret('secret-envs', written));
  return [
    ...envs.map(([id, name]) => csvRecord(`id=${id}`, `env=${name.trim()}`)),
    ...readSecretFiles(inputs).map(({ id, path }) => csvRecord(`id=${id}`, `src=${path}`)),
  ];
}

/** `secret-files`, each `ID=PATH`. */
export function readSecretFiles({ list }: InputReader): readonly { readonly id: string; readonly path: string }[] {
  return list('secret-files', 'lines').map((written) => {
    const [id, path] = splitSecret('secret-files', written);
    return { id, path: path.trim() };
  });
}

const shapes = { secrets: 'ID=VALUE', 'secret-envs': 'ID=VARIABLE', 'secret-files': 'ID=PATH' } as const;

/** Says which item is wrong by nothing but its input: all that was written may be the secret itself. */
function splitSecret(name: keyof typeof shapes, written: string): readonly [string, string] {
  const at = written.indexOf('=');
  const id = written.slice(0, Math.max(at, 0)).trim();
  const value = written.slice(at + 1);
  if (id !== '' && (value.trim() !== '' || name === 'secrets')) return [id, value];
  const several =
    name === 'secrets' ? '; put the whole item into quotation marks where the value has several lines' : '';
  throw new UserError(`${name}: an item is not ${shapes[name]}.`, {
    hint: `Write one ${shapes[name]} a line${several}.`,
  });
}

/** Buildx reads a specification as one CSV record. */
function csvRecord(...fields: readonly string[]): string {
  return fields.map((field) => (/[",\r\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field)).join(',');
}
