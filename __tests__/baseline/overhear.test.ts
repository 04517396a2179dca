import { setTimeout } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { overhear } from '../../src/baseline/overhear.ts';

function fakeStdout() {
  const printed: string[] = [];
  return { printed, write: (chunk: string | Uint8Array) => printed.push(String(chunk)) > 0 };
}

describe('overhear', () => {
  it('keeps what the work prints, also late and as bytes, and lets others print meanwhile', async () => {
    const stdout = fakeStdout();
    const { write } = stdout;
    const heard: string[] = [];
    const work = overhear(
      async () => {
        stdout.write('early\n');
        await setTimeout(20);
        stdout.write(Buffer.from('late\n'));
        return 7;
      },
      { heard, stdout },
    );
    stdout.write('of another\n');
    expect(await work).toBe(7);
    expect(heard).toEqual(['early\n', 'late\n']);
    expect(stdout.printed).toEqual(['of another\n']);
    expect(stdout.write).toBe(write);
  });

  it('lets masks through, since the runner must know them', async () => {
    const stdout = fakeStdout();
    await overhear(async () => stdout.write('::add-mask::secret\n'), { heard: [], stdout });
    expect(stdout.printed).toEqual(['::add-mask::secret\n']);
  });

  it('prints everything too when asked to be loud', async () => {
    const stdout = fakeStdout();
    const heard: string[] = [];
    await overhear(async () => stdout.write('a detail\n'), { heard, stdout, aloud: true });
    expect([heard, stdout.printed]).toEqual([['a detail\n'], ['a detail\n']]);
  });

  it('tells works apart that overlap, and gives stdout back when the last one ends', async () => {
    const stdout = fakeStdout();
    const { write } = stdout;
    const [one, two]: [string[], string[]] = [[], []];
    const say = (text: string, ms: number) => async () => {
      await setTimeout(ms);
      stdout.write(text);
      throw new Error(text);
    };
    const slow = overhear(say('slow', 40), { heard: one, stdout });
    const quick = overhear(say('quick', 5), { heard: two, stdout });
    await expect(quick).rejects.toThrow('quick');
    await expect(slow).rejects.toThrow('slow');
    expect([one, two, stdout.printed]).toEqual([['slow'], ['quick'], []]);
    expect(stdout.write).toBe(write);
  });
});
