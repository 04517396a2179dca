import { describe, expect, it } from '@jest/globals';
import { complaintOf, inputsOf } from './inputs.ts';

describe('the secrets of a build', () => {
  it.each([
    [
      'one a line',
      'A=1\nB=2\n',
      [
        ['A', '1'],
        ['B', '2'],
      ],
    ],
    ['commas and equals signs kept', 'A=x=1,2', [['A', 'x=1,2']]],
    ['blanks kept', 'A= x ', [['A', ' x ']]],
    ['blanks before the id dropped', '  A=1', [['A', '1']]],
    [
      'line breaks in quotation marks kept',
      '"KEY=-----BEGIN\nabc\n-----END"\nB=2',
      [
        ['KEY', '-----BEGIN\nabc\n-----END'],
        ['B', '2'],
      ],
    ],
    ['doubled quotation marks', '"J={""a"": ""b""}"', [['J', '{"a": "b"}']]],
    ['quotation marks inside', 'J={"a": "b"}', [['J', '{"a": "b"}']]],
    [
      'lines of Windows',
      'A=1\r\nB=2\r\n',
      [
        ['A', '1'],
        ['B', '2'],
      ],
    ],
    ['blank lines left out', '\n  \nA=1\n\n', [['A', '1']]],
    ['those without a value left out', 'A=\nB=2', [['B', '2']]],
  ])('are read as docker reads them: %s', (_title, secrets, values) => {
    expect(inputsOf({ secrets }).secretValues).toEqual(values.map(([id, value]) => ({ id, value })));
  });

  it('from variables and files become specifications of buildx', () => {
    const { flags } = inputsOf({
      'secret-envs': 'A=VAR_A,B=VAR_B\nC=VAR_C',
      'secret-files': 'npm=./.npmrc\nodd=a,b"c',
    });
    expect(flags.secret).toEqual([
      'id=A,env=VAR_A',
      'id=B,env=VAR_B',
      'id=C,env=VAR_C',
      'id=npm,src=./.npmrc',
      'id=odd,"src=a,b""c"',
    ]);
  });

  it.each(['hunter2', '=hunter2', '"A=hunter2', 'A=1\n"B=hunter2" x"'])('never show in a complaint: %j', (secrets) => {
    expect(complaintOf(() => inputsOf({ secrets }))).not.toContain('hunter2');
  });
});
