import { expect, it } from '@jest/globals';
import { contextFinder } from '../../src/dockerfile/build-contexts.ts';
import { contextKey, parseImageReference } from '../../src/dockerfile/image-reference.ts';

const DIGEST = `sha256:${'0'.repeat(64)}`;

it.each([
  ['alpine', { name: 'docker.io/library/alpine' }],
  ['alpine:3.20', { name: 'docker.io/library/alpine', tag: '3.20' }],
  ['user/app', { name: 'docker.io/user/app' }],
  ['index.docker.io/alpine', { name: 'docker.io/library/alpine' }],
  ['localhost/app', { name: 'localhost/app' }],
  ['host:5000/a/b:T_1', { name: 'host:5000/a/b', tag: 'T_1' }],
  ['Host/app', { name: 'Host/app' }],
  ['[::1]:5000/app', { name: '[::1]:5000/app' }],
  [`gcr.io/a/b:1@${DIGEST}`, { name: 'gcr.io/a/b', tag: '1', digest: DIGEST }],
])('reads %s', (text, reference) => {
  expect(parseImageReference(text)).toEqual(reference);
});

it.each([
  '',
  'Alpine',
  'a//b',
  'a:',
  'a b',
  '-a',
  'a-',
  'a..b',
  'a@sha256:12',
  'a:-1',
  '0'.repeat(64),
  'gcr.io/A/b',
  '$X',
])('takes %j for no reference', (text) => {
  expect(parseImageReference(text)).toBeUndefined();
});

it.each([
  ['docker.io/library/alpine:latest', 'alpine'],
  ['alpine', 'alpine'],
  ['alpine:3', 'alpine:3'],
  ['docker.io/user/app', 'user/app'],
  ['library/alpine', 'alpine'],
  ['gcr.io/library/app:latest', 'gcr.io/library/app'],
])('looks for the build context of %s as %s', (text, key) => {
  expect(contextKey(text)).toBe(key);
});

it('finds a build context by platform first, and never for scratch', () => {
  const find = contextFinder({
    'alpine::linux/arm64': 'arm',
    'docker.io/library/alpine:latest': 'any',
    scratch: 'x',
    context: 'y',
  });
  expect(find('alpine', 'linux/arm64')?.value).toBe('arm');
  expect(find('alpine:latest', 'linux/amd64')?.value).toBe('any');
  expect(find('alpine:3', 'linux/amd64')).toBeUndefined();
  expect(find('scratch', 'linux/amd64')).toBeUndefined();
  expect(find('CONTEXT', 'linux/amd64')).toBeUndefined();
});
