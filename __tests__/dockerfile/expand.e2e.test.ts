import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { expand } from '../../src/dockerfile/expand.ts';
import { splitWords } from '../../src/dockerfile/split-words.ts';
import { repository } from '../support/engine.ts';
import { buildx } from './buildx.ts';

const SET = new Map([
  ['set', 'value'],
  ['empty', ''],
  ['path', 'a/b/c.tar.gz'],
]);

/** Words made of every sign of the lexer; a blank or `#` could end the ARG, so it stands between quotes only. */
const piece = fc.constantFrom(
  ...[
    '$set',
    '${set}',
    '$unset',
    '${empty}',
    '${unset:-',
    '${set:+',
    '${empty-',
    '${unset+',
    '${set:?',
    '${path#',
    '${path##',
    '${path%',
  ],
  ...[
    '${path%%',
    '${path/',
    '${path//',
    '}',
    '/',
    '*',
    '?',
    '.',
    'a',
    'c',
    '"',
    "'",
    '\\',
    '\\$',
    '\\}',
    '\\/',
    '"a b"',
    '<',
    ':',
    '-',
    '$',
  ],
);
const words = fc
  .sample(fc.array(piece, { minLength: 1, maxLength: 7 }), { numRuns: 3000, seed: 20260801 })
  .map((pieces) => pieces.join(''))
  // One ARG each, whole: no stray quote that would take the rest of the line along.
  .filter((word) => splitWords(`R=${word}`, '\\')[0] === `R=${word}` && !/\\$/.test(word));
const read = words.map((word) => ({
  word,
  expansion: expand(word, { lookup: (name) => SET.get(name), escapeToken: '\\' }),
}));
const valid = read.flatMap(({ word, expansion }) =>
  expansion.kind === 'expanded' ? [{ word, text: expansion.text }] : [],
);
const invalid = read.flatMap(({ word, expansion }) => (expansion.kind === 'invalid' ? [word] : []));

it('expands as BuildKit does', async () => {
  expect(valid.length).toBeGreaterThan(300);
  const values = await outline(valid.map(({ word }) => word));
  expect(valid.map(({ word }, at) => [word, values.get(`R${at}`) ?? ''])).toEqual(
    valid.map(({ word, text }) => [word, text]),
  );
}, 120_000);

it.each(invalid.slice(0, 40))(
  'calls %s invalid as BuildKit does',
  async (word) => {
    const { exitCode } = await buildx({ text: dockerfile([word]), context: repository, options: OUTLINE });
    expect(exitCode).not.toBe(0);
  },
  60_000,
);

const OUTLINE = ['--call=outline,format=json'];

async function outline(list: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const { exitCode, stdout, stderr } = await buildx({ text: dockerfile(list), context: repository, options: OUTLINE });
  expect(exitCode === 0 ? '' : stderr).toBe('');
  const { args }: { readonly args: readonly { readonly name: string; readonly value?: string }[] } = JSON.parse(stdout);
  return new Map(args.map(({ name, value }) => [name, value ?? '']));
}

function dockerfile(list: readonly string[]): string {
  const given = [...SET].map(([name, value]) => `ARG ${name}=${value}`);
  const asked = list.map((word, at) => `ARG R${at}=${word}`);
  return [...given, ...asked, 'FROM scratch', ...list.map((_, at) => `ARG R${at}`), ''].join('\n');
}
