import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseImageReference } from '../../../src/dockerfile/image-reference.ts';
import { formatReference, parseRegistryReference } from '../../../src/image/registry/reference.ts';

const digest = `sha256:${'0123456789abcdef'.repeat(4)}`;

describe('parseRegistryReference', () => {
  it.each([
    ['alpine', 'docker.io/library/alpine:latest'],
    ['alpine:3.20', 'docker.io/library/alpine:3.20'],
    ['grafana/k6', 'docker.io/grafana/k6:latest'],
    ['docker.io/alpine', 'docker.io/library/alpine:latest'],
    ['index.docker.io/alpine', 'docker.io/library/alpine:latest'],
    ['docker.io/library/alpine', 'docker.io/library/alpine:latest'],
    ['ghcr.io/o/app:v1', 'ghcr.io/o/app:v1'],
    ['GHCR.io/o/app', 'ghcr.io/o/app:latest'],
    ['localhost/app', 'localhost/app:latest'],
    ['localhost:5000/a/b/c', 'localhost:5000/a/b/c:latest'],
    ['[::1]:5000/app', '[::1]:5000/app:latest'],
    ['Foo/app', 'foo/app:latest'],
    ['a__b/c-d.e_f--g', 'docker.io/a__b/c-d.e_f--g:latest'],
    [`alpine@${digest}`, `docker.io/library/alpine@${digest}`],
    [`alpine:3@${digest}`, `docker.io/library/alpine:3@${digest}`],
  ])('reads %s', (text, full) => {
    expect(formatReference(parseRegistryReference(text))).toBe(full);
  });

  it.each([
    ['', 'it is empty'],
    ['https://ghcr.io/o/app', 'leave the scheme out'],
    ['Alpine', 'names are in lower case'],
    ['ghcr.io/Owner/app', 'names are in lower case'],
    ['my app', 'a space'],
    ['alpine:', 'not of the form'],
    ['alpine:-x', 'not of the form'],
    ['a//b', 'not of the form'],
    ['../../etc', 'not of the form'],
    ['-f', 'not of the form'],
    ['host:99999/app', 'not of the form'],
    ['1.2.3.4.5/app', 'not of the form'],
    ['user:pw@host/app', 'not of the form'],
    [`alpine@sha256:${'0'.repeat(63)}`, 'only sha256'],
    [`alpine@sha512:${'0'.repeat(128)}`, 'only sha256'],
    ['a'.repeat(300), 'too long'],
  ])('refuses %j with the reason', (text, reason) => {
    expect(() => parseRegistryReference(text)).toThrow(
      expect.objectContaining({ name: 'UserError', exitCode: 2, message: expect.stringContaining(reason) }),
    );
  });

  it('agrees with the reader of FROM lines on whatever both take', () => {
    const piece = fc.constantFrom('a', 'B', '0', '.', '-', '_', '__', ':', '/', '@', 'localhost', 'docker.io', digest);
    fc.assert(
      fc.property(fc.array(piece, { minLength: 1, maxLength: 9 }), (pieces) => {
        const text = pieces.join('');
        const ours = attempt(() => parseRegistryReference(text));
        const theirs = parseImageReference(text);
        if (!ours || !theirs) return;
        expect(`${ours.host}/${ours.repository}`).toBe(theirs.name.replace(/^[^/]*/, (host) => host.toLowerCase()));
        expect(ours.digest ?? undefined).toBe(theirs.digest);
        expect(ours.tag ?? undefined).toBe(theirs.tag ?? (theirs.digest ? undefined : 'latest'));
      }),
      { numRuns: 3000 },
    );
  });

  it('reads what it wrote, and makes an address that stays in its repository', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.stringMatching(/^[a-z.:/@%?#\\0-9-]+$/)), (text) => {
        const reference = attempt(() => parseRegistryReference(text));
        if (!reference) return;
        expect(parseRegistryReference(formatReference(reference))).toEqual(reference);
        const url = new URL(`https://${reference.host}/v2/${reference.repository}/manifests/${reference.tag}`);
        expect(url.pathname).toBe(`/v2/${reference.repository}/manifests/${reference.tag}`);
      }),
      { numRuns: 3000 },
    );
  });
});

function attempt<Value>(act: () => Value): Value | undefined {
  try {
    return act();
  } catch (error) {
    expect(error).toMatchObject({ name: 'UserError', exitCode: 2 });
    return undefined;
  }
}
