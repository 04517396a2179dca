import { expect, it } from '@jest/globals';
import { redactValues } from '../../src/build/redact.ts';

it.each<[readonly string[], string, string]>([
  [['hunter2'], 'a hunter2 b hunter2', 'a *** b ***'],
  [['abc'], 'abc', 'abc'],
  [['1234'], 'x1234y', 'x***y'],
  [['pass', 'password'], 'password', '***'],
  [['a.c*d(e'], 'a.c*d(e abcxd', '*** abcxd'],
  [['-----BEGIN\nsecret line\n'], 'got secret line here', 'got *** here'],
  [[], 'anything', 'anything'],
  [['', '   '], 'any   thing', 'any   thing'],
])('hides %j in %j', (values, text, expected) => {
  expect(redactValues(values)(text)).toBe(expected);
});
