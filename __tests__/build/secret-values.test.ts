import { describe, expect, it } from '@jest/globals';
import { buildArgumentValues, secretValues } from '../../src/build/secret-values.ts';

const files: Readonly<Record<string, string>> = { '/run/npm': 'from-file', plain: 'from-plain-file' };
const env = { TOKEN: 'from-env', npm: 'from-id' };

async function readText(path: string): Promise<string> {
  const text = files[path];
  if (text === undefined) throw new Error(`no ${path}`);
  return text;
}

describe('the values of secrets', () => {
  it.each([
    ['a file', 'id=x,src=/run/npm', ['from-file']],
    ['a file by its other name', 'id=x,source=/run/npm', ['from-file']],
    ['a quoted file', '"id=x","src=/run/npm"', ['from-file']],
    ['a variable', 'id=x,env=TOKEN', ['from-env']],
    ['a variable named like the id', 'id=npm', ['from-id']],
    ['a file named like the id', 'id=plain', ['from-plain-file']],
    ['nothing where a variable is not set', 'id=plain,env=NONE', []],
    ['nothing where a file is missing', 'id=x,src=/none', []],
    ['nothing where the text is no CSV', '"id=x', []],
  ])('come from %s', async (_, written, expected) => {
    expect(await secretValues({ secrets: [written] }, env, readText)).toEqual(expected);
  });
});

it('takes build arguments from the environment where they have no value of their own', () => {
  expect(buildArgumentValues({ buildArgs: { A: 'a', TOKEN: undefined, NONE: undefined } }, env)).toEqual([
    'a',
    'from-env',
  ]);
});
