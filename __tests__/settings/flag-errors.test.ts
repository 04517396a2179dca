import { describe, expect, it } from '@jest/globals';
import type { CheckFlags } from '../../src/settings/check-flags.ts';
import { complaint, repository } from './project.ts';

const files = {
  'stagegate.yml': 'images:\n  api: { context: services/api }\n  web: {}\n',
  'empty/readme': '',
  'bytes.yml': new Uint8Array([0xff, 0xfe, 0x00]),
  report: '{}',
};

/** What a person reads for each mistake in the call, the hint in the second line. */
const mistakes: readonly (readonly [title: string, call: CheckFlags & { context?: string }, message: string])[] = [
  [
    'context from standard input',
    { context: '-' },
    'A build context from standard input (`-`) is not supported yet.\nGive a folder: `stagegate check .`',
  ],
  [
    'a Git context',
    { context: 'https://github.com/x/y.git#main' },
    'The build context `https://github.com/x/y.git#main` is a Git repository or URL, which is not supported yet.\nCheck it out first, then give the folder.',
  ],
  [
    'a Git context over SSH',
    { context: 'git@github.com:x/y.git' },
    'The build context `git@github.com:x/y.git` is a Git repository or URL, which is not supported yet.\nCheck it out first, then give the folder.',
  ],
  [
    'the Dockerfile as context',
    { context: 'services/api/Dockerfile' },
    'The build context `services/api/Dockerfile` is a file, not a folder.\nWrite the Dockerfile with --file: stagegate check --file services/api/Dockerfile services/api',
  ],
  [
    'another file as context',
    { context: 'report' },
    'The build context `report` is a file, not a folder.\nGive the folder that holds the files of the build.',
  ],
  [
    'a missing context',
    { context: 'nowhere' },
    'The build context `nowhere` does not exist.\nGive a folder that exists.',
  ],
  ['an empty context', { context: '' }, 'The build context is an empty text.\nGive a folder, such as `.`'],
  [
    'a context without a Dockerfile',
    { context: 'empty' },
    'There is no Dockerfile in `empty`.\nName it with --file, or give the folder that holds it.',
  ],
  [
    'Dockerfile from standard input',
    { context: '.', file: '-' },
    'A Dockerfile from standard input (`--file -`) is not supported yet.\nWrite it to a file and name that.',
  ],
  [
    'a Dockerfile from a URL',
    { context: '.', file: 'https://x.test/Dockerfile' },
    '--file: `https://x.test/Dockerfile` is a URL, which is not supported yet.\nName a local file.',
  ],
  [
    'a Dockerfile named from the context',
    { context: 'empty', file: 'readme' },
    '--file: the Dockerfile `readme` does not exist.\nThe path is read from the working directory, as docker does; write --file empty/readme',
  ],
  [
    'a folder as Dockerfile',
    { context: '.', file: 'services/api' },
    '--file: `services/api` is a folder.\nName the Dockerfile in it.',
  ],
  [
    'push',
    { push: true },
    '--push is not supported yet: nothing is pushed before it was judged.\nRun `docker buildx build --push` after stagegate has passed.',
  ],
  [
    'several platforms',
    { platform: 'linux/amd64,linux/arm64' },
    '--platform: several platforms (`linux/amd64,linux/arm64`) are not supported yet.\nRun stagegate once for each platform.',
  ],
  ['half a platform', { platform: 'arm64' }, '--platform: `arm64` is not a platform.\nWrite one such as linux/amd64.'],
  [
    'a target like an option',
    { image: 'api', target: '--load' },
    '--target: `--load` is not the name of a stage.\nWrite the name after AS in the Dockerfile.',
  ],
  [
    'a size with half a unit',
    { image: 'api', maxSize: '50M' },
    '--max-size: `50M` has an unknown unit; write 50MB (10^6 bytes) or 50MiB (2^20 bytes).',
  ],
  [
    'a percentage for a size',
    { image: 'api', maxDownloadSize: '5%' },
    '--max-download-size: `5%` is a percentage, which only max-growth takes; write a size such as 50MB.',
  ],
  [
    'a fraction of a layer',
    { image: 'api', maxLayers: '1.5' },
    '--max-layers: `1.5` is not a number of layers; write a whole number such as 12.',
  ],
  [
    'a budget for several images',
    { maxSize: '50MB' },
    '--max-size is about one image, and there are 2.\nChoose one with --image: api, web.',
  ],
  ['an image with a slip', { image: 'apo' }, '--image: `stagegate.yml` has no image `apo`.\nDid you mean `api`?'],
  ['an unknown image', { image: 'zzzzzz' }, '--image: `stagegate.yml` has no image `zzzzzz`.\nIt has api, web.'],
  [
    'a severity with a slip',
    { failOn: 'warnin' },
    '--fail-on: `warnin` is none of error, warning, never. Did you mean `warning`?',
  ],
  [
    'an unknown format',
    { format: 'jsn' },
    '--format: `jsn` is none of text, json, markdown, html. Did you mean `json`?',
  ],
  [
    'a format of later',
    { format: 'sarif' },
    '--format: the format `sarif` is not supported yet.\nUse text, json, markdown, html.',
  ],
  [
    'an output in a format of later',
    { output: ['sarif=x.sarif'] },
    '--output: the format `sarif` is not supported yet.\nUse text, json, markdown, html.',
  ],
  [
    'an output into a missing folder',
    { output: ['json=out/report.json'] },
    '--output: `~/out/report.json` cannot be written, since the folder `~/out` does not exist.\nCreate the folder first.',
  ],
  ['an output onto a folder', { output: ['services'] }, '--output: `~/services` is a folder.\nName a file in it.'],
  [
    'one file for two outputs',
    { output: ['json=a', 'markdown=./a'] },
    '`~/a` is to be written twice.\nGive each --output and --record a file of its own.',
  ],
  [
    'one file for output and record',
    { output: ['json=a'], record: 'a' },
    '`~/a` is to be written twice.\nGive each --output and --record a file of its own.',
  ],
  [
    'standard output as a file',
    { output: ['json=-'] },
    '--output: `-` is not a file.\nWhat goes to standard output is chosen with --format.',
  ],
  ['an output without a name', { output: ['json='] }, '--output: the name of the file is empty.'],
  [
    'a record into a missing folder',
    { record: 'out/base.json' },
    '--record: `~/out/base.json` cannot be written, since the folder `~/out` does not exist.\nCreate the folder first.',
  ],
  [
    'a baseline that is a folder',
    { baseline: '.' },
    '--baseline: `.` is not a regular file.\nName a report that was written with --record or --format json.',
  ],
  [
    'a build argument without a name',
    { buildArg: ['=hunter2'] },
    '--build-arg: no name stands before the `=`.\nWrite NAME=value.',
  ],
  ['a build argument twice', { buildArg: ['A=1', 'A=2'] }, '--build-arg: `A` is given twice.\nKeep one of them.'],
  [
    'a build context without a value',
    { image: 'api', buildContext: ['shared'] },
    '--build-context: `shared` is not NAME=VALUE.\nWrite NAME=FOLDER or NAME=docker-image://REFERENCE.',
  ],
  [
    'a build context from Git',
    { image: 'api', buildContext: ['shared=https://user:token@github.com/x/y.git'] },
    '--build-context: `https://***@github.com/x/y.git` is a Git repository or URL, which is not supported yet.\nCheck it out first, then give the folder.',
  ],
  [
    'a missing build context',
    { image: 'api', buildContext: ['shared=nowhere'] },
    '--build-context: `nowhere` does not exist.\nWrite NAME=FOLDER or NAME=docker-image://REFERENCE.',
  ],
  [
    'a missing config file',
    { config: 'gate.yml' },
    'The config file `gate.yml` does not exist.\nName a YAML file such as stagegate.yml with --config.',
  ],
  [
    'a folder as config file',
    { config: 'services' },
    'The config file `services` is a folder, not a file.\nName a YAML file such as stagegate.yml with --config.',
  ],
  [
    'a config file of bytes',
    { config: 'bytes.yml' },
    'The config file `bytes.yml` is not UTF-8 text.\nSave it as UTF-8.',
  ],
];

describe('a mistake in the call of check', () => {
  it.each(mistakes)('is told in one sentence with a way out: %s', async (_title, { context, ...flags }, message) => {
    expect(await complaint(await repository(files), flags, context)).toBe(message);
  });

  it('is told when two config files are there', async () => {
    expect(await complaint(await repository({ 'stagegate.yml': '', '.github/stagegate.yaml': '' }))).toBe(
      'There are two config files, `stagegate.yml` and `.github/stagegate.yaml`.\nKeep one of them, or name one with --config.',
    );
  });

  it('is told when stagegate.yml is a folder', async () => {
    expect(await complaint(await repository({ 'stagegate.yml': { folder: true } }))).toBe(
      'The config file `stagegate.yml` is a folder, not a file.\nName a YAML file such as stagegate.yml with --config.',
    );
  });

  it('is told when several images have the context that was typed', async () => {
    const cwd = await repository({ 'stagegate.yml': 'images: { a: {}, b: {} }' });
    expect(await complaint(cwd, {}, '.')).toBe(
      'Several images have the build context `.`.\nChoose one with --image: a, b.',
    );
  });

  it('is told when an image is named and there is no config file', async () => {
    expect(await complaint(await repository(), { image: 'api' })).toBe(
      '--image: `api` cannot be looked up, since there is no config file.\nName the file with --config, or leave --image out.',
    );
  });
});
