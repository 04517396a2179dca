import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseChallenges } from '../../../src/image/registry/challenge.ts';

function parsed(header: string) {
  return parseChallenges(header).map(({ scheme, parameters }) => [scheme, Object.fromEntries(parameters)]);
}

describe('parseChallenges', () => {
  it.each([
    ['', []],
    ['Basic', [['basic', {}]]],
    ['Basic realm="x"', [['basic', { realm: 'x' }]]],
    [
      'Bearer realm="https://auth.docker.io/token",service="registry.docker.io",scope="repository:a/b:pull,push"',
      [
        [
          'bearer',
          { realm: 'https://auth.docker.io/token', service: 'registry.docker.io', scope: 'repository:a/b:pull,push' },
        ],
      ],
    ],
    ['BEARER  Realm = "a" , service=b', [['bearer', { realm: 'a', service: 'b' }]]],
    ['Basic realm="a \\"quoted\\" \\\\ one"', [['basic', { realm: 'a "quoted" \\ one' }]]],
    [
      'Negotiate YWJj==, Basic realm="a", Bearer realm="b"',
      [
        ['negotiate', {}],
        ['basic', { realm: 'a' }],
        ['bearer', { realm: 'b' }],
      ],
    ],
    [
      'Negotiate, Basic realm=x',
      [
        ['negotiate', {}],
        ['basic', { realm: 'x' }],
      ],
    ],
    [', ,Basic realm="a,, Bearer realm=b",', [['basic', { realm: 'a,, Bearer realm=b' }]]],
    ['Bearer realm="a",realm="b"', [['bearer', { realm: 'a' }]]],
    ['Bearer realm="never ends', [['bearer', {}]]],
    ['realm="a"', []],
    ['Bearer realm="a" error="x"', [['bearer', { realm: 'a', error: 'x' }]]],
  ])('reads %s', (header, expected) => {
    expect(parsed(header)).toEqual(expected);
  });

  it('reads back any quoted values', () => {
    const key = fc.constantFrom('realm', 'service', 'scope', 'error');
    const value = fc.string({ unit: fc.constantFrom('"', '\\', ',', '=', ' ', 'a', 'Bearer', 'é'), maxLength: 12 });
    const challenge = fc.tuple(fc.constantFrom('bearer', 'basic', 'x-y'), fc.dictionary(key, value));
    fc.assert(
      fc.property(fc.array(challenge, { maxLength: 3 }), (challenges) => {
        const header = challenges.map(([scheme, parameters]) => `${scheme} ${quoted(parameters)}`).join(', ');
        const expected = challenges.map(([scheme, parameters]) => [scheme, { ...parameters }]);
        expect(parsed(header)).toEqual(expected);
      }),
    );
  });

  it('takes any text, in a time that does not explode', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => void parseChallenges(text)));
    const started = Date.now();
    for (const text of [
      'a'.repeat(1e6),
      '"\\'.repeat(1e6),
      'a="'.repeat(1e6),
      'a  '.repeat(1e6),
      `B a="${'\\\\'.repeat(1e6)}`,
    ]) {
      parseChallenges(text);
    }
    expect(Date.now() - started).toBeLessThan(2000);
  });
});

function quoted(parameters: Readonly<Record<string, string>>): string {
  return Object.entries(parameters)
    .map(([name, value]) => `${name}="${value.replace(/["\\]/g, '\\$&')}"`)
    .join(',');
}
