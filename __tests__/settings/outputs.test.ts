import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import type { CheckFlags } from '../../src/settings/check-flags.ts';
import { repository, settingsOf } from './project.ts';

type Expected = readonly (readonly [format: string, file: string | undefined])[];

const calls: readonly (readonly [title: string, flags: CheckFlags, outputs: Expected])[] = [
  ['text on stdout by default', {}, [['text', undefined]]],
  ['the format asked for on stdout', { format: 'json' }, [['json', undefined]]],
  [
    'files beside stdout',
    { output: ['json=a', 'markdown=b'] },
    [
      ['text', undefined],
      ['json', 'a'],
      ['markdown', 'b'],
    ],
  ],
  ['a bare file in place of stdout', { format: 'json', output: ['a'] }, [['json', 'a']]],
  [
    'both kinds of files',
    { output: ['json=a', 'b'] },
    [
      ['json', 'a'],
      ['text', 'b'],
    ],
  ],
  ['a file with an equals sign', { output: ['./json=a'] }, [['text', 'json=a']]],
];

describe('readOutputs', () => {
  it.each(calls)('gives %s', async (_title, flags, outputs) => {
    const cwd = await repository();
    const expected = outputs.map(([format, file]) => ({
      format,
      file: file === undefined ? undefined : join(cwd, file),
    }));
    expect((await settingsOf(cwd, flags)).outputs).toEqual(expected);
  });

  it('makes the paths of baseline and record absolute', async () => {
    const cwd = await repository({ 'base.json': '{}' });
    expect(await settingsOf(cwd, { baseline: 'base.json', record: 'base.json' })).toMatchObject({
      images: [{ baseline: { kind: 'file', path: join(cwd, 'base.json'), asWritten: 'base.json' } }],
      record: join(cwd, 'base.json'),
    });
  });
});
