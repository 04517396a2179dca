import { describe, expect, it } from '@jest/globals';
import {
  describeBuilder,
  isOlder,
  readBuilderNames,
  readBuildxVersion,
  readDaemonInfo,
  readInspection,
  readPluginVersion,
} from '../../src/build/builder-answers.ts';
import { daemonProblem } from '../../src/build/daemon-problem.ts';
import { fixture } from './fixtures.ts';

const classicInfo = readDaemonInfo('"default" [["Backing Filesystem","extfs"],["Supports d_type","true"]]');
const containerdInfo = readDaemonInfo('"default" [["driver-type","io.containerd.snapshotter.v1"]]');

describe('what a builder says of itself', () => {
  it.each([
    ['classic', { name: 'default', driver: 'docker', store: 'classic', exportsOci: false, buildkit: 'v0.0.0+unknown' }],
    ['containerd', { name: 'default', driver: 'docker', store: 'containerd', exportsOci: true, nodes: 1 }],
    ['container', { name: 'stagegate-container', driver: 'docker-container', exportsOci: true, buildkit: 'v0.33.0' }],
    ['remote', { name: 'stagegate-remote', driver: 'remote', exportsOci: true, platform: 'linux/amd64' }],
  ])('is read: %s', (kind, expected) => {
    const builder = describeBuilder(readInspection(fixture(`inspect-${kind}.txt`)), classicInfo, '0.29.1');
    expect(builder).toMatchObject({ ...expected, severalOutputs: true, buildx: '0.29.1' });
    expect(builder.store).toBe('store' in expected ? expected.store : undefined);
  });

  it('is completed by the daemon where an old buildx shows no label', () => {
    const inspection = readInspection(fixture('inspect-classic.txt'));
    expect(describeBuilder(inspection, containerdInfo, '0.13.0').store).toBe('containerd');
    expect(describeBuilder(inspection, undefined, '0.13.0').store).toBe('classic');
  });

  it('is not mixed up with the daemon of another Docker context', () => {
    const text = fixture('inspect-classic.txt').replaceAll('default', 'desktop');
    const builder = describeBuilder(readInspection(text), containerdInfo, '0.29.1');
    expect(builder).toMatchObject({ store: 'classic', dockerContext: 'desktop' });
  });

  it('counts nodes, and takes the oldest for what they can', () => {
    const text = `Name: many\nDriver: docker-container\n\nNodes:\nName: a\nBuildkit: v0.13.0\nPlatforms: linux/arm64*, linux/amd64\n\nName: b\nBuildKit version: v0.12.5\n`;
    expect(describeBuilder(readInspection(text), undefined, '0.13.0')).toMatchObject({
      nodes: 2,
      buildkit: 'v0.13.0',
      severalOutputs: false,
      platform: 'linux/arm64',
    });
  });

  it('may be an error', () => {
    const error = 'Cannot connect to the Docker daemon at unix:///nowhere. Is the docker daemon running?';
    expect(readInspection(`Name:          default\nDriver:        \nError:         ${error}\n\nNodes:\n`)).toEqual({
      name: 'default',
      driver: '',
      nodes: [],
      errors: [error],
    });
  });
});

describe('versions', () => {
  it.each([
    ['github.com/docker/buildx v0.29.1 a1b2c3', '0.29.1'],
    ['github.com/docker/buildx 0.13.1+ds1 0.13.1+ds1-4', '0.13.1'],
    ['github.com/docker/buildx v0.34.0-rc1 abc', '0.34.0-rc1'],
    ['docker: unknown command', undefined],
  ])('%s is %s', (text, version) => {
    expect(readBuildxVersion(text)).toBe(version);
  });

  it.each([
    ['"default" null\n[{"Name":"compose","Version":"2.40.0"},{"Name":"buildx","Version":"v0.29.1"}]', '0.29.1'],
    ['"default" null\n[{"Name":"buildx","Version":"0.29.1+ds1"}]\n', '0.29.1'],
    ['"default" null\n[{"Name":"buildx","Version":7}]', undefined],
    ['"default" null\n[{"Name":"compose","Version":"2.40.0"}]', undefined],
    ['"default" null\n{"Name":"buildx"}', undefined],
    ['"default" null\nnull', undefined],
    ['"default" null\n<no value>', undefined],
    ['', undefined],
  ])('of the plugin, out of docker info %j, is %s', (text, version) => {
    expect(readPluginVersion(text)).toBe(version);
  });

  it.each([
    ['0.12.9', true],
    ['v0.12.0', true],
    ['0.13.0', false],
    ['1.0.0', false],
    ['v0.0.0+unknown', false],
    ['', false],
  ])('%s is older than 0.13: %s', (version, older) => {
    expect(isOlder(version, [0, 13])).toBe(older);
  });
});

it('finds the names of builders among their nodes', () => {
  const text =
    'NAME/NODE     DRIVER/ENDPOINT   STATUS\ndefault*      docker\n \\_ default    \\_ default       running\nci            docker-container\n';
  expect(readBuilderNames(text)).toEqual(['default', 'ci']);
});

describe('a daemon that cannot be had', () => {
  it.each([
    [
      'Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?',
      "Docker's daemon at unix:///var/run/docker.sock does not answer",
    ],
    [
      'permission denied while trying to connect to the Docker daemon socket at unix:///var/run/docker.sock: Get "http://x": dial unix',
      "Docker's daemon at unix:///var/run/docker.sock does not let this user in",
    ],
    [
      'ERROR: failed to list workers: dial tcp 10.0.0.1:1234: connect: connection refused',
      "The builder's daemon does not answer",
    ],
  ])('is told: %s', (text, message) => {
    expect(daemonProblem(`WARNING: x\n${text}`)).toMatchObject({ message, exitCode: 3 });
  });

  it('is not read into anything else', () => {
    expect(daemonProblem('ERROR: no builder "x" found')).toBeUndefined();
  });
});
