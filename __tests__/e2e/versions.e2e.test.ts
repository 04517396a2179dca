import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { compareVersions } from '../../src/compare/versions/compare-versions.ts';
import type { Package } from '../../src/profile/profile.ts';
import { runIn } from '../support/engine.ts';

/** The order of versions is held against the programs that own it, inside the images that bring them. */
type Oracle = {
  readonly type: Package['type'];
  readonly image: string;
  /** Prints -1, 0 or 1 for every two arguments. */
  readonly program: readonly string[];
  readonly version: fc.Arbitrary<string>;
};

const few = fc.constantFrom('', '0', '1', '2', '10', '01');
const joined = (...parts: readonly fc.Arbitrary<string>[]) => fc.tuple(...parts).map((each) => each.join(''));
/** Mostly not there: two versions are to be close to each other, or the same in other words. */
const maybe = (part: fc.Arbitrary<string>) =>
  fc.oneof({ weight: 2, arbitrary: fc.constant('') }, { weight: 1, arbitrary: part });
const number = fc.constantFrom('0', '1', '2', '10');

const debian = joined(
  maybe(fc.constantFrom('0:', '1:')),
  fc.stringMatching(/^[0-2][0-2ab.+~]{0,5}$/),
  maybe(fc.stringMatching(/^-[0-2ab.+~]{1,4}$/)),
);
const python = joined(
  maybe(fc.constantFrom('1!', 'v')),
  number,
  maybe(joined(fc.constant('.'), number)),
  maybe(joined(fc.constant('.'), number)),
  maybe(joined(fc.constantFrom('a', 'b', 'rc', '-alpha', '.beta.', '_c', 'preview'), few)),
  maybe(joined(fc.constantFrom('.post', '-r', '-rev'), few)),
  maybe(joined(fc.constantFrom('.dev', 'dev'), few)),
  maybe(joined(fc.constantFrom('+'), fc.constantFrom('a', 'b.1', '1', '10', 'a-1', 'ubuntu.2'))),
);
const identifier = fc.constantFrom('alpha', 'beta', 'rc', '0', '1', '2', '11', 'a1', 'x-y', 'B');
const semver = joined(
  number,
  fc.constant('.'),
  number,
  fc.constant('.'),
  number,
  maybe(joined(fc.constant('-'), identifier, maybe(joined(fc.constant('.'), identifier)))),
  maybe(joined(fc.constant('+'), identifier)),
);

const shell = `while [ $# -gt 1 ]; do
  if dpkg --compare-versions "$1" lt "$2"; then echo -1; elif dpkg --compare-versions "$1" gt "$2"; then echo 1; else echo 0; fi
  shift 2
done`;
const pip = `import sys
from pip._vendor.packaging.version import Version
words = sys.argv[1:]
for a, b in zip(words[0::2], words[1::2]):
    a, b = Version(a), Version(b)
    print((a > b) - (a < b))`;
const npm = `const { compare } = require('/usr/local/lib/node_modules/npm/node_modules/semver');
const words = process.argv.slice(1);
for (let at = 0; at < words.length; at += 2) console.log(compare(words[at], words[at + 1]));`;

const oracles: readonly Oracle[] = [
  { type: 'deb', image: 'debian:bookworm-slim', program: ['sh', '-c', shell, 'sh'], version: debian },
  { type: 'pypi', image: 'python:3.11-slim-bookworm', program: ['python', '-c', pip], version: python },
  { type: 'npm', image: 'node:22-bookworm-slim', program: ['node', '-e', npm], version: semver },
];

/** Random, and the same each time: a failure names its pair. */
function pairsOf(version: fc.Arbitrary<string>): readonly (readonly [string, string])[] {
  return fc.sample(fc.tuple(version, version), { seed: 6, numRuns: 1000 });
}

describe('the order of versions', () => {
  it.each(oracles)(
    'of $type is that of $image',
    async ({ type, image, program: [entry = '', ...args], version }) => {
      const pairs = pairsOf(version);
      const run = ['run', '--rm', '--network=none', `--entrypoint=${entry}`, image, ...args, ...pairs.flat()];
      const { exitCode, stdout, stderr } = await runIn('containerd', 'docker', run);
      expect([exitCode, stderr]).toEqual([0, '']);
      const said = stdout.trim().split('\n').map(Number);
      expect(said.length).toBe(pairs.length);
      expect(new Set(said)).toEqual(new Set([-1, 0, 1]));
      const ours = pairs.map(([a, b]) => compareVersions(type, a, b));
      const wrong = pairs.flatMap(([a, b], at) =>
        Math.sign(ours[at] ?? Number.NaN) === said[at] ? [] : [`${a} ${b}: ${ours[at]}, not ${said[at]}`],
      );
      expect(wrong).toEqual([]);
    },
    120_000,
  );
});
