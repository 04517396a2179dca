import { describe, expect, it } from '@jest/globals';
import { inInputWords } from '../../../src/settings/action/in-input-words.ts';
import { inputNames } from '../../../src/settings/action/input-names.ts';
import { readSettings } from '../../../src/settings/read-settings.ts';
import { UserError } from '../../../src/user-error.ts';
import { repository } from '../project.ts';
import { inputsOf } from './inputs.ts';

const files = {
  'stagegate.yml': 'images:\n  api: { context: services/api }\n  web: {}\n',
  'empty/readme': '',
  report: '{}',
};

/** What readSettings says of inputs, in their words, with the folder shown as `~`. */
async function complaint(inputs: Readonly<Record<string, string>>, more: Parameters<typeof repository>[0] = files) {
  const cwd = await repository(more);
  const { context, flags } = inputsOf(inputs);
  try {
    await readSettings({ context, flags, cwd });
    return 'no complaint';
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const { message, hint } = inInputWords(error);
    return (hint === undefined ? message : `${message}\n${hint}`).replaceAll(cwd, '~');
  }
}

const mistakes: readonly (readonly [Readonly<Record<string, string>>, string])[] = [
  [
    { context: 'https://github.com/x/y.git#main' },
    'context: `https://github.com/x/y.git#main` is a Git repository or URL, which is not supported yet.\nCheck it out first, then give the folder.',
  ],
  [
    { context: 'services/api/Dockerfile' },
    'context: `services/api/Dockerfile` is a file, not a folder.\nWrite file: services/api/Dockerfile and context: services/api',
  ],
  [{ context: 'nowhere' }, 'context: `nowhere` does not exist.\nGive a folder that exists.'],
  [
    { context: 'empty' },
    'There is no Dockerfile in `empty`.\nName it with the input file, or give the folder that holds it.',
  ],
  [
    { context: '.', file: 'https://x.test/Dockerfile' },
    'file: `https://x.test/Dockerfile` is a URL, which is not supported yet.\nName a local file.',
  ],
  [
    { context: 'empty', file: 'readme' },
    'file: the Dockerfile `readme` does not exist.\nThe path is read from the working directory, as docker does; write file: empty/readme',
  ],
  [
    { image: 'api', target: '--load' },
    'target: `--load` is not the name of a stage.\nWrite the name after AS in the Dockerfile.',
  ],
  [{ platforms: 'arm64' }, 'platforms: `arm64` is not a platform.\nWrite one such as linux/amd64.'],
  [
    { image: 'api', 'max-size': '50M' },
    'max-size: `50M` has an unknown unit; write 50MB (10^6 bytes) or 50MiB (2^20 bytes).',
  ],
  [
    { image: 'api', 'max-growth': 'x%' },
    'max-growth: `x%` is not a percentage; write a number and a percent sign, such as 5% or 0.5%.',
  ],
  [{ image: 'api', 'max-layers': 'x' }, 'max-layers: `x` is not a number of layers; write a whole number such as 12.'],
  [{ 'max-size': '50MB' }, 'max-size is about one image, and there are 2.\nChoose one with the input image: api, web.'],
  [
    { 'no-cache-filters': 'x' },
    'no-cache-filters is about one image, and there are 2.\nChoose one with the input image: api, web.',
  ],
  [{ tags: 'x' }, 'tags is about one image, and there are 2.\nChoose one with the input image: api, web.'],
  [{ image: 'apo' }, 'image: `stagegate.yml` has no image `apo`.\nDid you mean `api`?'],
  [{ 'fail-on': 'warnin' }, 'fail-on: `warnin` is none of error, warning, never. Did you mean `warning`?'],
  [
    { baseline: 'services' },
    'baseline: `services` is not a regular file.\nName a report, such as the output `report` of an earlier run.',
  ],
  [{ 'build-args': 'A=1\nA=2' }, 'build-args: `A` is given twice.\nKeep one of them.'],
  [{ 'build-args': '=hunter2' }, 'build-args: no name stands before the `=`.\nWrite NAME=value.'],
  [
    { image: 'api', 'build-contexts': 'shared' },
    'build-contexts: `shared` is not NAME=VALUE.\nWrite NAME=FOLDER or NAME=docker-image://REFERENCE.',
  ],
  [
    { config: 'gate.yml' },
    'The config file `gate.yml` does not exist.\nName a YAML file such as stagegate.yml with the input config.',
  ],
  [{ 'base-image': 'Not A Glob' }, 'base-image: the rule `base-image` does not take these options:'],
];

describe('a mistake that settings find', () => {
  it.each(mistakes)('is told in the words of inputs: %j', async (inputs, message) => {
    const told = await complaint(inputs);
    expect(message.endsWith(':') ? told.slice(0, message.length) : told).toBe(message);
  });

  it.each([
    ['images: { a: {}, b: {} }', { context: '.' }, 'Choose one with the input image: a, b.'],
    ['secrets: { a: b }', {}, 'Use the input secrets.'],
    ['no-cache-filters: []', {}, 'Use the input no-cache-filters.'],
    ['record: x', {}, 'Only the command line has it.'],
    [
      'images: { a: { build-args: { HTTP_PROXY: x } } }',
      {},
      'Set it in the environment and write build-args: HTTP_PROXY',
    ],
    [
      'images: { a: { build-contexts: { x: "oci-layout://x" } } }',
      {},
      'Other kinds can be given with the input build-contexts.',
    ],
    ['images: { a: { context: .. } }', {}, 'Name a folder of the repository, or give it as an input of the step.'],
  ])('has a way out that the Action has, with the config file %j', async (config, inputs, hint) => {
    expect(await complaint(inputs, { 'stagegate.yml': config })).toContain(`\n${hint}`);
  });

  it('is told when there are two config files', async () => {
    expect(await complaint({}, { 'stagegate.yml': '', '.github/stagegate.yaml': '' })).toContain(
      '\nKeep one of them, or name one with the input config.',
    );
  });
});

describe('inInputWords', () => {
  const wordsOf = (message: string) => inInputWords(new UserError(message)).message;

  it('leaves alone what is quoted, and options that no input has', () => {
    expect(wordsOf('--target: `a --load b` has --frob, --tag-x and --load=1')).toBe(
      'target: `a --load b` has --frob, --tag-x and --load=1',
    );
  });

  it.each([
    ['Put long values into a --secret.', 'Put long values into the input secrets.'],
    [
      'Leave out --load, or use another builder with --builder.',
      'Leave out the input load, or use another builder with the input builder.',
    ],
    ['--add-host: x', 'add-hosts: x'],
    ['--label: x', 'labels: x'],
    ['--no-cache: x', 'no-cache: x'],
  ])('rewords %j', (message, words) => {
    expect(wordsOf(message)).toBe(words);
  });

  it('keeps exit code and cause', () => {
    const cause = new Error('why');
    const { exitCode, cause: kept } = inInputWords(new UserError('x', { exitCode: 3, cause }));
    expect({ exitCode, kept }).toEqual({ exitCode: 3, kept: cause });
  });

  it('knows an option for each input that settings read', () => {
    const own = ['context', 'base-image', 'distroless', 'nonroot', 'comment', 'comment-key', 'github-token'];
    const elsewhere = [...own, 'secret-envs', 'secret-files', 'provenance', 'sbom'];
    const untold = inputNames
      .filter((name) => !elsewhere.includes(name))
      .filter(
        (name) => wordsOf(`--${name}: x`) !== `${name}: x` && wordsOf(`--${name.slice(0, -1)}: x`) !== `${name}: x`,
      );
    expect(untold).toEqual([]);
  });
});
