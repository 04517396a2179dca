import { nearest } from './nearest.ts';
import { quote } from './quote.ts';

/** Why a key is not taken: one sentence with the way out; `where` is the map it stands in, empty for the top. */
export function unknownKey(key: string, where: string, known: readonly string[]): { sentence: string; hint?: string } {
  const shown = quote(key);
  const flag = flagOnly.get(key);
  if (!where.startsWith('policy') && flag !== undefined) {
    return {
      sentence: `${shown} cannot be set in this file, which a pull request can edit`,
      hint: `Use the flag ${flag}.`,
    };
  }
  const later = notYet.get(key);
  if (later !== undefined) return { sentence: `${shown} is not supported yet`, hint: later };
  const meant = synonyms.get(key) ?? nearest(key, known);
  const place = where === '' ? 'at the top of the file' : `in ${quote(where)}`;
  if (meant !== undefined && known.includes(meant)) {
    return { sentence: `unknown key ${shown} ${place}; did you mean ${quote(meant)}?` };
  }
  return { sentence: `unknown key ${shown} ${place}; known are ${known.join(', ')}` };
}

/** What other tools call the same thing. */
const synonyms: ReadonlyMap<string, string> = new Map([
  ['args', 'build-args'],
  ['build-arg', 'build-args'],
  ['build-context', 'build-contexts'],
  ['contexts', 'build-contexts'],
  ['dockerfile', 'file'],
  ['budgets', 'budget'],
  ['platform', 'platforms'],
  ['test', 'test-target'],
]);

const notYet: ReadonlyMap<string, string> = new Map([
  ['paths', 'Limits for single paths will come; until then use max-size for the whole image.'],
  ['custom', 'Rules of your own will come; until then use the built-in ones.'],
]);

/** Whoever could set these from a pull request could read secrets, reach the network or poison what others use. */
const flagOnly: ReadonlyMap<string, string> = new Map([
  ...flags('--secret', 'secret', 'secrets', 'secret-files', 'secret-envs'),
  ...flags('--ssh', 'ssh'),
  ...flags('--network', 'network'),
  ...flags('--add-host', 'add-host', 'add-hosts', 'extra-hosts'),
  ...flags('--builder', 'builder'),
  ...flags('--cache-to', 'cache-to'),
  ...flags('--cache-from', 'cache-from'),
  ...flags('--tag', 'tag', 'tags'),
  ...flags('--label', 'label', 'labels'),
  ...flags('--load', 'load'),
  ...flags('--pull', 'pull'),
  ...flags('--no-cache', 'no-cache'),
  ...flags('--no-cache-filter', 'no-cache-filter', 'no-cache-filters'),
  ...flags('--fail-on', 'fail-on'),
  ...flags('--baseline', 'baseline'),
  ...flags('--record', 'record'),
  ...flags('--format', 'format'),
  ...flags('--output', 'output', 'outputs'),
]);

function flags(flag: string, ...keys: readonly string[]): readonly (readonly [string, string])[] {
  return keys.map((key) => [key, flag]);
}
