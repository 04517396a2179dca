import type { SeenStep } from '../follow-build.ts';
import { failureLines, stepLines, summaryLine, waitingLine } from './log-lines.ts';
import type { BuildDisplay, ProgressTarget } from './show-progress.ts';

type LogTarget = Pick<ProgressTarget, 'write' | 'now'> & {
  readonly escapeLine: (line: string) => string;
  /** Fold the steps into a group of the workflow log; failures and one line a build stay outside. */
  readonly grouped: boolean;
};

/** Milliseconds after which a running step is mentioned, then again after twice that time, and so on. */
const FIRST_MENTION = 15_000;

type Running = { readonly build: string; readonly step: SeenStep; readonly since: number; mentionAfter: number };

/** Progress as lines, for logs: each step when it is done, long ones also while they run. */
export function createLogDisplay({ write, now, escapeLine, grouped }: LogTarget): BuildDisplay {
  const running = new Map<string, Running>();
  const open = new Set<string>();
  const ended: (readonly string[])[] = [];
  const print = (lines: readonly string[]) => {
    if (lines.length > 0) write(lines.map((line) => `${escapeLine(line)}\n`).join(''));
  };
  const timer = setInterval(() => print([...mentions(running, now())]), 1000);
  timer.unref();
  let groupIsOpen = false;
  const closeGroup = () => {
    if (groupIsOpen) write('::endgroup::\n');
    groupIsOpen = false;
    for (const lines of ended.splice(0)) print(lines);
  };
  return {
    start: (build) => {
      open.add(build);
      if (!grouped || groupIsOpen) return;
      write('::group::Build steps\n');
      groupIsOpen = true;
    },
    event: (build, event) => {
      const key = `${build} ${event.step.vertices[0]}`;
      if (event.kind === 'started') {
        running.set(key, { build, step: event.step, since: now(), mentionAfter: FIRST_MENTION });
      } else running.delete(key);
      print(stepLines(build, event));
    },
    end: (build, record) => {
      for (const [key, step] of running) if (step.build === build) running.delete(key);
      open.delete(build);
      ended.push([summaryLine(build, record), ...failureLines(build, record)]);
      if (open.size === 0 || !grouped) closeGroup();
    },
    close: () => {
      clearInterval(timer);
      closeGroup();
    },
  };
}

function* mentions(running: ReadonlyMap<string, Running>, now: number): Iterable<string> {
  for (const entry of running.values()) {
    const elapsed = now - entry.since;
    if (elapsed < entry.mentionAfter) continue;
    entry.mentionAfter = elapsed * 2;
    yield waitingLine(entry.build, entry.step, elapsed);
  }
}
