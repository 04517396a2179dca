import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, describe, expect, it } from '@jest/globals';
import { defaultRpmBounds, rpmReader } from '../../src/exec/read-rpm-database.ts';

const folder = mkdtempSync(join(tmpdir(), 'stagegate-test-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Reads a database of two bytes with a process that runs this code. */
function readWith(code: string, bounds: Partial<typeof defaultRpmBounds> = {}) {
  const script = join(folder, `${Math.random()}.mjs`);
  writeFileSync(script, code);
  return rpmReader(pathToFileURL(script), { ...defaultRpmBounds, ...bounds })(new Uint8Array([1, 2]));
}

describe('a process that reads an rpm database', () => {
  it('is believed when it answers as it should', async () => {
    const packages = [{ type: 'rpm', name: 'a', version: '1-1' }];
    expect(await readWith(`process.stdout.write(${JSON.stringify(JSON.stringify({ packages }))})`)).toEqual({
      packages,
    });
  });

  it('has the database in a file that only we name, and no environment', async () => {
    const code = `import { readFileSync, statSync } from 'node:fs';
      const name = process.argv[2] + ' ' + readFileSync(process.argv[2]).join() + ' ' + (statSync(process.argv[2]).mode & 0o777).toString(8);
      const env = Object.keys(process.env).join();
      process.stdout.write(JSON.stringify({ trouble: name + ' [' + env + ']', isPassing: false }))`;
    const answer = await readWith(code);
    expect('trouble' in answer && answer.trouble).toMatch(/\/stagegate-\w+\/packages\.sqlite 1,2 600 \[\]$/);
    const [file = ''] = 'trouble' in answer ? answer.trouble.split(' ') : [];
    expect(existsSync(file) || existsSync(dirname(file))).toBe(false);
  });

  it.each<[string, string, Partial<typeof defaultRpmBounds>, RegExp]>([
    ['never ends', 'setInterval(() => {}, 1000)', { timeLimit: 500 }, /more than 0.5 s/],
    ['never lets others go first', 'for (;;);', { timeLimit: 500 }, /more than 0.5 s/],
    ['crashes', 'process.abort()', {}, /broke off/],
    [
      'wants all memory',
      'const all = []; for (;;) all.push(new Array(1e6).fill(1))',
      { heapMegabytes: 32 },
      /broke off/,
    ],
    [
      'never stops talking',
      'setInterval(() => process.stdout.write("x".repeat(65536)))',
      { outputBytes: 100_000 },
      /more packages/,
    ],
    ['talks nonsense', 'process.stdout.write("{")', {}, /no answer/],
    ['says nothing', '', {}, /no answer/],
    ['answers what was not asked', 'process.stdout.write(JSON.stringify({packages: [{type: "x"}]}))', {}, /no answer/],
  ])('that %s costs its packages and nothing else', async (_, code, bounds, trouble) => {
    const answer = await readWith(code, bounds);
    expect(answer).toEqual({ trouble: expect.stringMatching(trouble), isPassing: true });
  });
});
