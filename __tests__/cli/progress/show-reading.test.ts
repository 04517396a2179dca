import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { showReading } from '../../../src/cli/progress/show-reading.ts';

beforeEach(() => {
  jest.useFakeTimers();
});
afterEach(() => {
  jest.useRealTimers();
});

function target({
  isTerminal = true,
  columns = 100,
  env = {},
}: {
  isTerminal?: boolean;
  columns?: number;
  env?: Record<string, string>;
} = {}) {
  const written: string[] = [];
  const display = showReading({
    write: (text) => written.push(text),
    isTerminal,
    columns: () => columns,
    env,
    now: Date.now,
  });
  return { written, display };
}

/** A reading of 2 GB in two seconds, in chunks of 50 ms. */
function readTwoSeconds(start: ReturnType<typeof target>['display']['start'], name = 'app') {
  const tell = start(name);
  for (let step = 1; step <= 40; step++) {
    jest.advanceTimersByTime(50);
    tell({ bytes: step * 50_000_000, totalBytes: 4_000_000_000, layers: { done: Math.floor(step / 10), count: 9 } });
  }
}

describe('the progress of reading', () => {
  it('is a line with bar, bytes, rate and layer on a terminal, and gone at the end', () => {
    const { written, display } = target();
    readTwoSeconds(display.start);
    jest.advanceTimersByTime(100);
    expect(written.at(-1)).toBe(
      '\rapp  ████████████░░░░░░░░░░░░  50 %  2.00 GB of 4.00 GB  952.4 MB/s  layer 5 of 9\u001b[K',
    );
    display.close();
    display.close();
    expect(written.at(-1)).toBe('\r\u001b[K');
    const count = written.length;
    jest.advanceTimersByTime(1000);
    expect(written).toHaveLength(count);
  });

  it.each([20, 40, 60, 80])('fits a terminal of %i columns', (columns) => {
    const { written, display } = target({ columns });
    readTwoSeconds(display.start);
    for (const line of written) expect(line.replace(/[\r]|\u001b\[K/g, '').length).toBeLessThan(columns);
    display.close();
  });

  it('never shows what is over at once', () => {
    const { written, display } = target();
    display.start('app')({ bytes: 10, totalBytes: 10 });
    display.close();
    expect(written).toEqual([]);
  });

  it('has neither bar nor total for a stream of unknown length', () => {
    const { written, display } = target();
    display.start('app')({ bytes: 5_000_000, totalBytes: 5_000_000 });
    jest.advanceTimersByTime(100);
    expect(written).toEqual(['\rapp  5.0 MB\u001b[K']);
    display.close();
  });

  it('is a line every five seconds in CI', () => {
    const { written, display } = target({ env: { CI: 'true' }, isTerminal: false });
    readTwoSeconds(display.start);
    expect(written).toEqual([]);
    jest.advanceTimersByTime(8000);
    expect(written).toEqual([
      'stagegate: reading app: 2.00 GB of 4.00 GB (50 %), layer 5 of 9\n',
      'stagegate: reading app: 2.00 GB of 4.00 GB (50 %), layer 5 of 9\n',
    ]);
    display.close();
  });

  it.each([
    ['piped', { isTerminal: false }],
    ['on a dumb terminal', { env: { TERM: 'dumb' } }],
    ['piped with CI=false', { isTerminal: false, env: { CI: 'false' } }],
  ])('is silent when %s', (_, how) => {
    const { written, display } = target(how);
    readTwoSeconds(display.start);
    jest.advanceTimersByTime(10_000);
    display.close();
    expect(written).toEqual([]);
  });

  it('shows a name from outside without obeying it', () => {
    const { written, display } = target({ env: { GITHUB_ACTIONS: 'true', CI: 'true' } });
    readTwoSeconds(display.start, '\u001b[2J::error::x');
    jest.advanceTimersByTime(5000);
    expect(written.join('')).not.toMatch(/\u001b|^::/m);
    display.close();
  });
});
