import { describe, expect, it } from '@jest/globals';
import { type BuildRequest, buildArguments } from '../../src/build/build-arguments.ts';
import { noCache } from '../../src/build/build-cache.ts';
import { UserError } from '../../src/user-error.ts';
import { builder, imageEntry } from './image-entry.ts';

const classic = builder({ store: 'classic', exportsOci: false });

function request(changes: Partial<BuildRequest> = {}): BuildRequest {
  return {
    entry: imageEntry(),
    target: undefined,
    purpose: 'final',
    builder: builder(),
    cache: noCache,
    metadataFile: '/tmp/run/metadata.json',
    ociDirectory: '/tmp/run/image',
    ...changes,
  };
}

describe('the arguments of a build', () => {
  it('are these for a plain final build', () => {
    expect(buildArguments(request())).toEqual({
      args: [
        'buildx',
        'build',
        '--builder=default',
        '--progress=rawjson',
        '--metadata-file=/tmp/run/metadata.json',
        '--file=/repo/api/Dockerfile',
        '--output=type=oci,tar=false,dest=/tmp/run/image',
        '/repo/api',
      ],
      env: { BUILDX_METADATA_PROVENANCE: 'max' },
    });
  });

  it.each<[string, Partial<BuildRequest>, readonly string[]]>([
    ['the target', { target: 'runtime' }, ['--target=runtime']],
    ['a target that looks like an option', { target: '--push' }, ['--target=--push']],
    ['no image from a test build', { purpose: 'test' }, ['--output=type=cacheonly']],
    [
      'no image from a test build on the classic store',
      { purpose: 'test', builder: classic },
      ['--output=type=cacheonly'],
    ],
    ['a load on the classic store', { builder: classic }, ['--output=type=docker']],
    [
      'one load, not two, with --load on the classic store',
      { builder: classic, entry: imageEntry({ load: true }) },
      ['--output=type=docker'],
    ],
    [
      'an export and a load',
      { entry: imageEntry({ load: true }) },
      ['--output=type=docker', '--output=type=oci,tar=false,dest=/tmp/run/image'],
    ],
    [
      'a folder with a comma, quoted as CSV',
      { ociDirectory: '/tmp/a,b "c"' },
      ['--output=type=oci,tar=false,"dest=/tmp/a,b ""c"""'],
    ],
    ['the platform', { entry: imageEntry({ platform: 'linux/arm64' }) }, ['--platform=linux/arm64']],
    [
      'build contexts',
      { entry: imageEntry({ buildContexts: { assets: '/repo/assets' } }) },
      ['--build-context=assets=/repo/assets'],
    ],
    ['secrets', { entry: imageEntry({ secrets: ['id=npm,env=NPM'] }) }, ['--secret=id=npm,env=NPM']],
    ['ssh', { entry: imageEntry({ ssh: ['default'] }) }, ['--ssh=default']],
    ['where the cache comes from', { cache: { ...noCache, from: ['type=gha'] } }, ['--cache-from=type=gha']],
    ['where the cache goes', { cache: { ...noCache, to: ['type=gha'] } }, ['--cache-to=type=gha']],
    ['no cache', { entry: imageEntry({ noCache: true }) }, ['--no-cache']],
    ['no cache for some stages', { entry: imageEntry({ noCacheFilters: ['test'] }) }, ['--no-cache-filter=test']],
    ['pull', { entry: imageEntry({ pull: true }) }, ['--pull']],
    ['the network', { entry: imageEntry({ network: 'none' }) }, ['--network=none']],
    ['hosts', { entry: imageEntry({ addHosts: ['db:10.0.0.1'] }) }, ['--add-host=db:10.0.0.1']],
    ['labels', { entry: imageEntry({ labels: ['a=b c'] }) }, ['--label=a=b c']],
    ['tags', { entry: imageEntry({ tags: ['api:1'] }) }, ['--tag=api:1']],
  ])('hold %s', (_, changes, expected) => {
    const plain = ['--output=', '--builder=', '--progress=', '--metadata-file=', '--file='];
    const { args } = buildArguments(request(changes));
    const outputs = args.filter((arg) => arg.startsWith('--output='));
    const others = args.slice(2, -1).filter((arg) => !plain.some((start) => arg.startsWith(start)));
    const isAboutOutputs = expected[0]?.startsWith('--output=');
    expect(isAboutOutputs ? outputs : others).toEqual(expected);
    expect(args.at(-1)).toBe('/repo/api');
  });

  it('leave out of a test build what is about the image', () => {
    const entry = imageEntry({ labels: ['a=b'], tags: ['api:1'], load: true });
    const { args } = buildArguments(request({ purpose: 'test', entry }));
    expect(args.filter((arg) => /^--(?:label|tag|output)/.test(arg))).toEqual(['--output=type=cacheonly']);
  });

  it('keep every value of a build argument off the command line', () => {
    const buildArgs = { VERSION: 's3cret=1', EMPTY: '', FROM_ENV: undefined, http_proxy: 'http://u:p@proxy' };
    const { args, env } = buildArguments(request({ entry: imageEntry({ buildArgs }) }));
    expect(args.filter((arg) => arg.startsWith('--build-arg'))).toEqual([
      '--build-arg=VERSION',
      '--build-arg=EMPTY',
      '--build-arg=FROM_ENV',
      '--build-arg=http_proxy',
    ]);
    expect(env).toEqual({
      VERSION: 's3cret=1',
      EMPTY: '',
      http_proxy: 'http://u:p@proxy',
      BUILDX_METADATA_PROVENANCE: 'max',
    });
  });

  it.each([
    ...['PATH', 'HOME', 'TMPDIR', 'LD_PRELOAD', 'DOCKER_HOST', 'BUILDX_BUILDER', 'BUILDKIT_HOST', 'XDG_RUNTIME_DIR'],
    ...['SSL_CERT_FILE', 'GODEBUG', 'SSH_AUTH_SOCK', 'GIT_SSH_COMMAND', 'GIT_CONFIG_COUNT', 'GIT_DIR', 'AWS_PROFILE'],
    ...['BUILDX_METADATA_PROVENANCE', 'KUBECONFIG', 'BASH_ENV', 'OTEL_EXPORTER_OTLP_ENDPOINT', 'ACTIONS_RUNTIME_TOKEN'],
  ])('refuse a value for %s, which docker itself would obey, and do not repeat it', (name) => {
    const refused = refusalOf({ [name]: 'the value' });
    expect(refused?.exitCode).toBe(2);
    expect(refused?.message).toContain(name);
    expect(`${refused?.message} ${refused?.hint}`).not.toContain('the value');
    expect(refusalOf({ [name]: undefined })).toBeUndefined();
  });

  it.each([
    ...['BUILDKIT_SYNTAX', 'BUILDKIT_INLINE_CACHE', 'BUILDKIT_CONTEXT_KEEP_GIT_DIR', 'BUILDKIT_DOCKERFILE_CHECK'],
    ...['SOURCE_DATE_EPOCH', 'HTTP_PROXY', 'https_proxy', 'NO_PROXY', 'GIT_COMMIT', 'GIT_TAG', 'GIT_BRANCH', 'GOPROXY'],
    ...['GO_VERSION', 'NODE_ENV', 'VERSION', 'USER', 'TZ', 'PYTHON_VERSION'],
  ])('take a value for %s', (name) => {
    expect(refusalOf({ [name]: 'x' })).toBeUndefined();
  });

  it.each(['A=B', '', 'A\0B'])('refuse the name %j', (name) => {
    expect(refusalOf({ [name]: 'x' })?.message).toBe('A build argument of api has no usable name');
  });

  it('refuse a zero byte, which would end the value', () => {
    expect(refusalOf({ A: 'x\0y' })?.message).toContain('zero byte');
  });

  it('refuse to weigh and load in one build where the builder cannot', () => {
    const old = builder({ severalOutputs: false, buildkit: 'v0.12.5', name: 'old', driver: 'docker-container' });
    expect(() => buildArguments(request({ builder: old, entry: imageEntry({ load: true }) }))).toThrow(
      'The builder old (BuildKit v0.12.5) cannot weigh the image of api and load it in one build',
    );
    expect(buildArguments(request({ builder: old })).args).toContain('--output=type=oci,tar=false,dest=/tmp/run/image');
  });
});

function refusalOf(buildArgs: Record<string, string | undefined>): UserError | undefined {
  try {
    buildArguments(request({ entry: imageEntry({ buildArgs }) }));
    return undefined;
  } catch (error) {
    if (error instanceof UserError) return error;
    throw error;
  }
}
