import { describe, expect, it } from '@jest/globals';
import { runAtOnce, runInSlices, type Steps } from '../src/slices.ts';

/** Takes about `ms` in steps of one. */
function* busy(ms: number): Steps<string> {
  for (let left = ms; left > 0; left--) {
    const end = performance.now() + 1;
    while (performance.now() < end);
    yield;
  }
  return 'done';
}

describe('work in steps', () => {
  it('is done in one go', () => {
    expect(runAtOnce(busy(3))).toBe('done');
  });

  it('lets others go first, again and again', async () => {
    let others = 0;
    const timer = setInterval(() => others++, 1);
    expect(await runInSlices(busy(100), 10)).toBe('done');
    clearInterval(timer);
    expect(others).toBeGreaterThan(3);
  });

  it('throws what the work throws', async () => {
    function* failing(): Steps<never> {
      yield;
      throw new Error('broken');
    }
    expect(() => runAtOnce(failing())).toThrow('broken');
    await expect(runInSlices(failing())).rejects.toThrow('broken');
  });
});
