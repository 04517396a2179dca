import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { runGuarded } from '../../fuzz/run-guarded.ts';
import { targets } from '../../fuzz/targets.ts';

const folder = join('__tests__', 'fixtures', 'fuzz');

describe.each(targets)('the fuzzing target $name', (target) => {
  it('keeps its promises on all of its seeds', async () => {
    for (const input of target.seeds()) expect(await runGuarded(target, input)).toBeNull();
  });

  it('keeps them on everything that once broke one', async () => {
    const files = readdirSync(folder).filter((name) => name.startsWith(`${target.name}-`));
    for (const file of files)
      expect([file, await runGuarded(target, readFileSync(join(folder, file)))]).toEqual([file, null]);
  });
});
