import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { BuildRecord } from '../../../src/build/build-record.ts';
import type { BuildEvent } from '../../../src/build/follow-build.ts';
import { type BuildDisplay, showProgress } from '../../../src/build/progress/show-progress.ts';
import { follow } from '../fixtures.ts';

let now = 0;
let written = '';
beforeEach(() => {
  now = 0;
  written = '';
  jest.useFakeTimers();
});
afterEach(() => {
  jest.useRealTimers();
});

function display(env: Record<string, string>, terminal?: { columns: number; rows: number }): BuildDisplay {
  return showProgress({
    write: (text) => {
      written += text;
    },
    isTerminal: terminal !== undefined,
    size: () => terminal ?? { columns: 80, rows: 24 },
    env,
    now: () => now,
  });
}

function pass(milliseconds: number): void {
  for (let elapsed = 0; elapsed < milliseconds; elapsed += 100) {
    now += 100;
    jest.advanceTimersByTime(100);
  }
}

type Vertex = { name: string; ms?: number; cached?: true; error?: string };

/** Events of one vertex: started, and done after `ms` when given. */
function events({ name, ms, ...rest }: Vertex): readonly BuildEvent[] {
  const vertex = { digest: name, name, started: new Date(0), ...rest };
  const messages = [vertex, ...(ms === undefined ? [] : [{ ...vertex, completed: new Date(ms) }])];
  return follow(messages.map((message) => JSON.stringify({ vertexes: [message] })).join('\n')).events;
}

const send = (to: BuildDisplay, build: string, vertex: Vertex) => {
  for (const event of events(vertex)) to.event(build, event);
};

const built: BuildRecord = { status: 'built', durationMs: 12_300, steps: [] };
const failed: BuildRecord = {
  status: 'failed',
  durationMs: 65_000,
  steps: [],
  failure: {
    fault: 'dockerfile',
    message: 'RUN x (Dockerfile:3) ended with exit code 1',
    log: ['::error::forged', 'bad ##[group]\u001b[2J'],
    hint: 'Do better.',
  },
};

describe('progress in a log', () => {
  it('is one line for a step that is done, with its time or that it was cached', () => {
    const to = display({});
    to.start('test');
    send(to, 'test', { name: '[build 3/4] RUN go build', ms: 12_300 });
    send(to, 'test', { name: '[build  2/12] COPY . .', ms: 0, cached: true });
    send(to, 'test', { name: '[linux/amd64 build 1/4] FROM x', ms: 10 });
    send(to, 'test', { name: '[internal] load build context', ms: 90 });
    send(to, 'test', { name: 'exporting to oci image format', ms: 2500 });
    send(to, 'test', { name: '[build 4/4] RUN bad', ms: 400, error: 'x' });
    send(to, 'test', { name: '[final 2/2] COPY a b', ms: 0, error: 'failed to copy: context canceled' });
    to.end('test', built);
    to.close();
    expect(written).toBe(
      [
        '[test] ✔ build 3/4 RUN go build (12.3 s)',
        '[test] ✔ build 2/12 COPY . . CACHED',
        '[test] ✔ exporting to oci image format (2.5 s)',
        '[test] ✘ build 4/4 RUN bad (0.4 s)',
        '[test] ⊘ final 2/2 COPY a b stopped',
        '[test] ✔ built in 12.3 s: 0 steps ran, 0 cached',
        '',
      ].join('\n'),
    );
  });

  it('says from time to time that a long step still runs', () => {
    const to = display({});
    to.start('test');
    send(to, 'test', { name: '[build 1/1] RUN slow' });
    pass(50_000);
    expect(written).toBe('[test] … build 1/1 RUN slow (15.0 s so far)\n[test] … build 1/1 RUN slow (30.0 s so far)\n');
    to.close();
  });

  it('folds the steps away in GitHub Actions and shows the failure, in which commands are broken', () => {
    const to = display({ GITHUB_ACTIONS: 'true' }, { columns: 80, rows: 24 });
    to.start('final');
    to.start('test');
    send(to, 'test', { name: '[a 1/1] RUN x\n::set-output name=a::b', ms: 100 });
    to.end('test', failed);
    to.end('final', built);
    to.close();
    const lines = written.split('\n');
    expect(lines[0]).toBe('::group::Build steps');
    expect(lines[1]).toBe('[test] ✔ a 1/1 RUN x ::set-output name=a::b (0.1 s)');
    expect(lines[2]).toBe('::endgroup::');
    expect(lines[3]).toBe('[test] ✘ failed after 1 min 05 s: RUN x (Dockerfile:3) ended with exit code 1');
    expect(lines[4]).toBe('[test]   | ::error::forged');
    expect(lines[5]).not.toContain('##[');
    expect(lines[5]).not.toContain('\u001b');
    expect(lines.slice(6)).toEqual(['[test]   Do better.', '[final] ✔ built in 12.3 s: 0 steps ran, 0 cached', '']);
    expect(lines.filter((line) => /^\s*::/.test(line))).toEqual(['::group::Build steps', '::endgroup::']);
  });

  it('closes its group when nothing ended', () => {
    const to = display({ GITHUB_ACTIONS: 'true' });
    to.start('final');
    to.close();
    to.close();
    expect(written).toBe('::group::Build steps\n::endgroup::\n');
  });
});

describe('progress on a terminal', () => {
  const size = { columns: 40, rows: 10 };
  /** What the terminal shows in the end: applies the few sequences that are used. */
  const screen = () => {
    const lines: string[] = [''];
    let row = 0;
    for (const [, up, erase, newline, text] of written.matchAll(
      /\u001b\[(\d+)A|\u001b\[(J)|(\n)|\u001b\[(?:\?2026[hl]|K)|([^\u001b\n]+)/g,
    )) {
      if (up !== undefined) row -= Number(up);
      else if (erase !== undefined) lines.splice(row, lines.length, '');
      else if (newline !== undefined) {
        row += 1;
        lines[row] ??= '';
      } else if (text !== undefined) lines[row] = text;
    }
    return lines;
  };

  it('shows running steps and counts, and leaves one line a build', () => {
    const to = display({ TERM: 'xterm' }, size);
    to.start('final');
    to.start('test');
    send(to, 'final', { name: '[build 1/3] WORKDIR /src', ms: 0, cached: true });
    send(to, 'final', { name: '[build 2/3] RUN a command that is longer than the line' });
    pass(2000);
    expect(screen()).toEqual([
      '[final] 2.0 s: 1 steps done, 1 cached',
      '  2.0 s build 2/3 RUN a command that i…',
      '[test] 2.0 s: 0 steps done, 0 cached',
      '',
    ]);
    to.end('test', failed);
    pass(200);
    to.end('final', built);
    to.close();
    expect(screen()).toEqual([
      '[test] ✘ failed after 1 min 05 s: RUN x (Dockerfile:3) ended with exit code 1',
      '[test]   | ::error::forged',
      '[test]   | bad ##[group]\\x1b[2J',
      '[test]   Do better.',
      '[final] ✔ built in 12.3 s: 0 steps ran, 0 cached',
      '',
    ]);
  });

  it('draws ten times a second at most', () => {
    const to = display({}, size);
    to.start('final');
    for (let index = 0; index < 500; index += 1) send(to, 'final', { name: `[build ${index}/900] RUN x`, ms: 1 });
    expect(written).toBe('');
    pass(1000);
    expect(written.split('\u001b[?2026h').length - 1).toBeLessThanOrEqual(10);
    to.close();
  });

  it('stays within the height of the screen, and says how much is not shown', () => {
    const to = display({}, { columns: 60, rows: 5 });
    to.start('final');
    for (let index = 0; index < 9; index += 1) send(to, 'final', { name: `[s${index} 1/1] RUN x` });
    pass(100);
    expect(screen()).toHaveLength(5);
    expect(screen()[3]).toBe('  and 7 more');
    to.close();
  });

  it('leaves nothing when it is closed before the end', () => {
    const to = display({}, size);
    to.start('final');
    pass(300);
    to.close();
    pass(300);
    expect(screen()).toEqual(['']);
  });

  it.each([{ TERM: 'dumb' }, { CI: 'true' }])('is a log with %j', (env) => {
    const to = display(env, size);
    to.start('final');
    pass(1000);
    to.end('final', built);
    expect(written).toBe('[final] ✔ built in 12.3 s: 0 steps ran, 0 cached\n');
  });
});
