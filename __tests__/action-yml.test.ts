import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { build } from 'esbuild';
import { parse } from 'yaml';
import { readActionInputs } from '../src/settings/action/action-inputs.ts';
import { inputNames } from '../src/settings/action/input-names.ts';
import { actionOutputNames } from '../src/settings/action/output-names.ts';
import { readmeTables } from '../src/settings/action/readme-tables.ts';

const root = resolve(import.meta.dirname, '..');
const text = readFileSync(resolve(root, 'action.yml'), 'utf8');
const manifest = parse(text);

describe('action.yml', () => {
  it('is right by the language service of GitHub', async () => {
    expect(await complaintsOf(text)).toEqual([]);
  }, 30_000);

  it('would be told wrong if it were', async () => {
    expect(await complaintsOf(text.replace('node24', 'node23').replace('icon: layers', 'icon: whale'))).toHaveLength(2);
  }, 30_000);

  it('runs on Node 24, with the same bundle before and after', () => {
    expect(manifest.runs).toEqual({ using: 'node24', main: 'dist/action.js', post: 'dist/action.js' });
  });

  it('declares each input that is read, and none else', () => {
    expect(Object.keys(manifest.inputs)).toEqual([...inputNames]);
    expect(namesRead().sort()).toEqual([...inputNames].sort());
  });

  it('declares each output that is set, and none else', () => {
    expect(Object.keys(manifest.outputs)).toEqual([...actionOutputNames]);
  });

  it('has defaults that are no mistakes', () => {
    const entries = Object.entries<{ default?: string }>(manifest.inputs);
    const env = Object.fromEntries(
      entries.map(([name, input]) => [`INPUT_${name.toUpperCase()}`, input.default ?? '']),
    );
    expect(readActionInputs(env)).toMatchObject({
      comment: 'always',
      flags: { baselineWord: 'auto' },
      notices: [],
    });
  });

  it('describes everything in whole sentences', () => {
    const described = Object.entries<{ description: string }>({ ...manifest.inputs, ...manifest.outputs });
    expect(described.filter(([, { description }]) => !/^[A-Z`].*\.$/.test(description))).toEqual([]);
  });

  it('makes tables for the README', () => {
    const { inputs, outputs } = readmeTables(text);
    expect(inputs.trim().split('\n')).toHaveLength(inputNames.length + 2);
    expect(outputs.trim().split('\n')).toHaveLength(actionOutputNames.length + 2);
  });
});

/** Inputs that the code asks the environment for. */
function namesRead(): string[] {
  const asked = new Set<string>();
  const env = new Proxy<Record<string, string>>(
    {},
    {
      get: (_target, key) => {
        asked.add(String(key));
        return undefined;
      },
    },
  );
  readActionInputs(env);
  return [...asked].filter((key) => key.startsWith('INPUT_')).map((key) => key.slice('INPUT_'.length).toLowerCase());
}

type LanguageService = {
  readonly validate: typeof import('@actions/languageservice').validate;
  readonly TextDocument: typeof import('vscode-languageserver-textdocument').TextDocument;
};

/** Bundled first: the language service imports JSON in a way that Node does not take. */
async function complaintsOf(actionYml: string): Promise<readonly string[]> {
  const { outputFiles } = await build({
    stdin: {
      contents:
        "export { validate } from '@actions/languageservice'; export { TextDocument } from 'vscode-languageserver-textdocument';",
      resolveDir: root,
    },
    bundle: true,
    write: false,
    format: 'cjs',
    platform: 'node',
  });
  const evaluate = new Function('require', `const module = {}; ${outputFiles[0]?.text}; return module.exports;`);
  const { validate, TextDocument }: LanguageService = evaluate(createRequire(import.meta.url));
  const found = await validate(TextDocument.create('file:///action.yml', 'yaml', 1, actionYml));
  return found.map(({ message }) => (typeof message === 'string' ? message : message.value));
}
