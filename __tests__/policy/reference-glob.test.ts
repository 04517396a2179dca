import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { matchesReference } from '../../src/policy/reference-glob.ts';

const digest = `sha256:${'0a'.repeat(32)}`;
const nonroot = `gcr.io/distroless/static-debian12:nonroot@${digest}`;

describe('matchesReference', () => {
  it.each([
    ['alpine', 'docker.io/library/alpine:latest'],
    ['docker.io/library/alpine:latest', 'alpine'],
    ['docker.io/alpine', 'index.docker.io/library/alpine:3.22'],
    ['alpine:latest', 'alpine'],
    ['alpine:3.*', 'docker.io/library/alpine:3.22'],
    ['node:*-slim', 'node:24-trixie-slim'],
    ['bitnami/*', 'docker.io/bitnami/redis:8'],
    ['*', 'alpine:3.22'],
    ['*/*', 'bitnami/redis'],
    ['**', nonroot],
    ['**', 'alpine'],
    ['**/static-*', nonroot],
    ['gcr.io/distroless/**', nonroot],
    ['gcr.io/distroless/*', nonroot],
    ['gcr.io/**/static-debian12', nonroot],
    ['gcr.io/distroless/static-debian12:nonroot', nonroot],
    [`gcr.io/distroless/*@${digest}`, nonroot],
    ['gcr.io/{distroless,other}/*', nonroot],
    ['localhost:5000/app', 'localhost:5000/app:1'],
    ['registry:5000/team/**', 'registry:5000/team/a/b@sha256:00'],
    ['*.dkr.ecr.eu-west-1.amazonaws.com/base/*', '123.dkr.ecr.eu-west-1.amazonaws.com/base/node:24'],
    ['scratch', 'scratch'],
  ])('matches %s with %s', (glob, reference) => {
    expect(matchesReference(glob, { reference })).toBe(true);
  });

  it.each([
    ['alpine', 'docker.io/evil/alpine'],
    ['alpine', 'evil.example/library/alpine'],
    ['alpine:3.22', 'alpine:3.21'],
    ['alpine:latest', `alpine@${digest}`],
    ['alpine@sha256:00', `alpine@${digest}`],
    ['*', 'bitnami/redis'],
    ['gcr.io/distroless/*', 'gcr.io/distroless/java/base'],
    ['gcr.io/distroless/**', 'gcr.io.evil.example/distroless/static'],
    ['gcr.io/distroless/**', 'evil.example/gcr.io/distroless/static'],
    ['gcr.io/distroless/**', 'gcr.io/distroless-evil/static'],
    ['gcr.io/distroless/**', 'gcrxio/distroless/static'],
    ['registry/team/*', 'registry:5000/team/app'],
    ['scratch', 'docker.io/library/scratch'],
    ['**', 'scratch'],
    ['scratch*', 'scratch'],
  ])('does not match %s with %s', (glob, reference) => {
    expect(matchesReference(glob, { reference })).toBe(false);
  });

  it('matches a digest that stands beside the reference', () => {
    expect(matchesReference(`alpine@${digest}`, { reference: 'alpine:3.22', digest })).toBe(true);
  });

  it('matches every reference with itself', () => {
    const part = fc.stringMatching(/^[a-z0-9]{1,8}$/);
    const names = fc.array(part, { minLength: 1, maxLength: 4 }).map((parts) => parts.join('/'));
    fc.assert(
      fc.property(names, fc.option(part), (name, tag) => {
        const reference = tag === null ? name : `${name}:${tag}`;
        return matchesReference(reference, { reference });
      }),
    );
  });
});
