import { UserError } from '../user-error.ts';
import { nearest } from './nearest.ts';
import { quote } from './quote.ts';
import type { Format, Settings } from './settings.ts';

const severities: readonly Settings['failOn'][] = ['error', 'warning', 'never'];
const formats: readonly Format[] = ['text', 'json', 'markdown', 'html'];
const laterFormats: readonly string[] = ['sarif'];

/** The value of `--fail-on`; `error` when not given. */
export function readFailOn(written: string | undefined): Settings['failOn'] {
  if (written === undefined) return 'error';
  const failOn = severities.find((severity) => severity === written);
  if (failOn !== undefined) return failOn;
  throw unknownWord('--fail-on', written, severities);
}

/** The format that `--format` or the front part of `--output` names. */
export function readFormat(flag: string, written: string): Format {
  const format = formats.find((known) => known === written);
  if (format !== undefined) return format;
  if (!laterFormats.includes(written)) throw unknownWord(flag, written, formats);
  throw new UserError(`${flag}: the format ${quote(written)} is not supported yet.`, {
    hint: `Use ${formats.join(', ')}.`,
  });
}

function unknownWord(flag: string, written: string, words: readonly string[]): UserError {
  const meant = nearest(written, words);
  const question = meant === undefined ? '' : ` Did you mean ${quote(meant)}?`;
  return new UserError(`${flag}: ${quote(written)} is none of ${words.join(', ')}.${question}`);
}
