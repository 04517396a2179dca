import { describe, expect, it } from '@jest/globals';
import { complaintOf, inputsOf } from './inputs.ts';

describe('readActionInputs', () => {
  it('is content with no inputs at all', () => {
    const inputs = inputsOf();
    expect(inputs).toMatchObject({
      context: undefined,
      token: '',
      comment: 'always',
      commentKey: undefined,
      flags: expect.objectContaining({ baselineWord: 'auto' }),
      secretValues: [],
      paths: [],
      notices: [],
    });
    const given = Object.entries(inputs.flags).filter(([, value]) => value !== undefined && value !== false);
    expect(given.flatMap(([, value]) => (value instanceof Map ? [...value] : value))).toEqual(['auto']);
  });

  it('takes the inputs of docker/build-push-action under its names', () => {
    const { context, flags, notices } = inputsOf({
      context: ' services/api ',
      file: 'docker/Dockerfile',
      target: 'runtime',
      platforms: 'linux/arm64\n',
      'build-args': 'A=1,2\nB\n',
      'build-contexts': 'shared=libs/shared',
      ssh: 'default\nkey=./id',
      builder: 'big',
      'cache-from': 'type=gha,scope=a\ntype=registry,ref=x/y',
      'cache-to': 'type=gha,mode=max',
      'no-cache': 'true',
      'no-cache-filters': 'test, lint',
      pull: 'TRUE',
      network: 'none',
      'add-hosts': 'a:10.0.0.1,b:10.0.0.2',
      labels: 'a=1,2\nb=2',
      tags: 'x/y:1,x/y:2\nx/y:3',
      load: 'True',
    });
    expect(context).toBe('services/api');
    expect(flags).toMatchObject({
      file: 'docker/Dockerfile',
      target: 'runtime',
      platform: 'linux/arm64',
      buildArg: ['A=1,2', 'B'],
      buildContext: ['shared=libs/shared'],
      ssh: ['default', 'key=./id'],
      builder: 'big',
      cacheFrom: ['type=gha,scope=a', 'type=registry,ref=x/y'],
      cacheTo: ['type=gha,mode=max'],
      noCache: true,
      noCacheFilter: ['test', 'lint'],
      pull: true,
      network: 'none',
      addHost: ['a:10.0.0.1', 'b:10.0.0.2'],
      label: ['a=1,2', 'b=2'],
      tag: ['x/y:1', 'x/y:2', 'x/y:3'],
      load: true,
    });
    expect(notices).toEqual([]);
  });

  it('takes our own', () => {
    const { flags, token, comment, commentKey } = inputsOf({
      'test-target': 'test',
      'max-size': '50MB',
      'max-download-size': '20MB',
      'max-growth': '5%',
      'max-layers': '12',
      'base-image': 'scratch\n\ngcr.io/distroless/**\n',
      distroless: 'true',
      nonroot: 'warning',
      config: 'ci/stagegate.yml',
      image: 'api',
      'fail-on': 'warning',
      comment: 'changes',
      'comment-key': 'services/api',
      'github-token': 'ghs_x',
    });
    expect({ token, comment, commentKey }).toEqual({ token: 'ghs_x', comment: 'changes', commentKey: 'services/api' });
    expect(flags).toMatchObject({
      testTarget: 'test',
      maxSize: '50MB',
      maxDownloadSize: '20MB',
      maxGrowth: '5%',
      maxLayers: '12',
      config: 'ci/stagegate.yml',
      image: 'api',
      failOn: 'warning',
    });
    expect(Object.fromEntries(flags.ruleOverrides ?? [])).toEqual({
      'base-image': { options: { final: ['scratch', 'gcr.io/distroless/**'] }, where: 'base-image' },
      distroless: { severity: 'error', where: 'distroless' },
      nonroot: { severity: 'warning', where: 'nonroot' },
    });
  });

  it.each([
    ['', 'auto', undefined],
    ['auto', 'auto', undefined],
    ['cache', 'cache', undefined],
    ['actions-cache', 'cache', undefined],
    ['artifact', 'artifact', undefined],
    ['rebuild', 'rebuild', undefined],
    ['none', 'none', undefined],
    ['./none', undefined, './none'],
    ['base.json', undefined, 'base.json'],
    ['rebuild:v1', undefined, 'rebuild:v1'],
    ['docker://ghcr.io/octo/app:main', undefined, 'docker://ghcr.io/octo/app:main'],
  ])('takes %j for a baseline', (written, word, place) => {
    const { baselineWord, baseline } = inputsOf({ baseline: written }).flags;
    expect([baselineWord, baseline]).toEqual([word, place]);
  });

  it.each([
    ['docker://ghcr.io/octo/app:main', []],
    ['docker-daemon:app', []],
    ['rebuild:main', []],
    ['oci:out:v1', ['out:v1', 'out']],
    ['docker-archive:app.tar', ['app.tar']],
  ])('looks for links out of the checkout in the baseline %j at %j', (written, places) => {
    const paths = inputsOf({ baseline: written }).paths.filter(({ input }) => input === 'baseline');
    expect(paths.map(({ path }) => path)).toEqual(places);
  });

  it('names every path that an input names', () => {
    const { paths } = inputsOf({
      context: 'api',
      file: 'Dockerfile.prod',
      config: 'gate.yml',
      baseline: 'base.json',
      'build-contexts': 'a=libs/a\nb=docker-image://alpine',
      'secret-files': 'npm=./.npmrc',
    });
    expect(paths.map(({ input, path }) => `${input} ${path}`)).toEqual([
      'context api',
      'file Dockerfile.prod',
      'config gate.yml',
      'baseline base.json',
      'build-contexts libs/a',
      'build-contexts docker-image://alpine',
      'secret-files ./.npmrc',
    ]);
  });

  it.each([
    [{ push: 'true' }, 'push does nothing here: nothing is pushed before it was judged, so push in a later step.'],
    [{ provenance: 'mode=max' }, 'provenance does nothing here: an image that is only judged gets no attestations.'],
    [{ sbom: 'true' }, 'sbom does nothing here: an image that is only judged gets no attestations.'],
    [{ ulimit: 'nofile=1' }, 'ulimit is an input of docker/build-push-action that does nothing here.'],
    [
      { secrets: 'NPM=' },
      'The secret `NPM` is empty, as in runs that get no secrets, so the build goes on without it.',
    ],
  ])('says that an input does nothing: %j', (inputs, notice) => {
    expect(inputsOf(inputs).notices).toEqual([notice]);
  });

  it.each([{ push: 'false' }, { provenance: 'false' }, { sbom: 'False' }, { ulimit: '' }, { 'something-else': 'x' }])(
    'says nothing of %j',
    (inputs) => {
      expect(inputsOf(inputs).notices).toEqual([]);
    },
  );
});

/** What a person reads for each mistake in an input, the hint in the second line. */
const mistakes: readonly (readonly [Readonly<Record<string, string>>, string])[] = [
  [{ load: 'yes' }, 'load: `yes` is neither true nor false.'],
  [{ 'no-cache': 'tRuE' }, 'no-cache: `tRuE` is neither true nor false.'],
  [{ comment: 'alwys' }, 'comment: `alwys` is none of always, changes, off. Did you mean `always`?'],
  [{ nonroot: 'sometimes' }, 'nonroot: `sometimes` is none of error, warning, off.'],
  [
    { 'comment-key': 'a -->' },
    'comment-key: `a -->` cannot name a comment.\nWrite at most 64 letters, digits, blanks, ".", "_", "/" and "-", such as services/api.',
  ],
  [
    { platforms: 'linux/amd64,linux/arm64' },
    'platforms: several platforms (`linux/amd64,linux/arm64`) are not supported yet.\nName one, or run one job for each: platforms: ${{ matrix.platform }}, with the same for comment-key.',
  ],
  [
    { context: '{{defaultContext}}' },
    "context: `{{defaultContext}}` is docker's Git context, which is not supported: the checkout is built.\nRun actions/checkout before this step and leave context out.",
  ],
  [
    { context: '{{ defaultContext }}:services/api' },
    "context: `{{ defaultContext }}:services/api` is docker's Git context, which is not supported: the checkout is built.\nRun actions/checkout before this step and write context: services/api.",
  ],
  [
    { context: '-' },
    'context: a build context from standard input (`-`) is not supported.\nName a folder, or leave it out for the checkout.',
  ],
  [{ file: '-' }, 'file: a Dockerfile from standard input (`-`) is not supported.\nWrite it to a file and name that.'],
  [
    { 'build-contexts': 'a={{defaultContext}}' },
    "build-contexts: `a={{defaultContext}}` is docker's Git context, which is not supported.\nRun actions/checkout before this step and name a folder: NAME=FOLDER.",
  ],
  [
    { labels: '"a=1' },
    'labels: the list cannot be read, since a quotation mark is never closed.\nAn item that begins with `"` must end with one; write `""` for a quotation mark inside.',
  ],
  [
    { secrets: 'hunter2' },
    'secrets: an item is not ID=VALUE.\nWrite one ID=VALUE a line; put the whole item into quotation marks where the value has several lines.',
  ],
  [{ 'secret-envs': 'NPM=' }, 'secret-envs: an item is not ID=VARIABLE.\nWrite one ID=VARIABLE a line.'],
  [{ 'secret-files': '=x' }, 'secret-files: an item is not ID=PATH.\nWrite one ID=PATH a line.'],
  [
    { 'max-sise': '50MB' },
    'There is no input `max-sise`; did you mean `max-size`?\nNames of inputs are written as in action.yml, with dashes.',
  ],
  [
    { test_target: 'test' },
    'There is no input `test_target`; did you mean `test-target`?\nNames of inputs are written as in action.yml, with dashes.',
  ],
  [
    { dockerfile: 'x' },
    'There is no input `dockerfile`; did you mean `file`?\nNames of inputs are written as in action.yml, with dashes.',
  ],
];

describe('a mistake in an input', () => {
  it.each(mistakes)('is told in one sentence that names the input: %j', (inputs, message) => {
    expect(complaintOf(() => inputsOf(inputs))).toBe(message);
  });
});
