import type { SeenStep } from '../follow-build.ts';
import { liveLines } from './live-view.ts';
import { failureLines, isOwnWork, summaryLine } from './log-lines.ts';
import type { BuildDisplay, ProgressTarget } from './show-progress.ts';

type LiveTarget = Pick<ProgressTarget, 'write' | 'now' | 'size'> & { readonly escapeLine: (text: string) => string };

type Build = {
  readonly name: string;
  readonly startedAt: number;
  readonly running: Map<string, { readonly step: SeenStep; readonly since: number }>;
  done: number;
  cached: number;
};

/** Ten drawings a second at most. */
const INTERVAL = 100;

/** Progress on a terminal: redrawn in place, cleared at the end, one line a build and its failure stay. */
export function createLiveDisplay({ write, now, size, escapeLine }: LiveTarget): BuildDisplay {
  const builds = new Map<string, Build>();
  let drawn = 0;
  let last = '';
  const replace = (lines: readonly string[], kept: readonly string[] = []) => {
    const text = [...kept, ...lines].map((line) => `${line}\u001b[K\n`).join('');
    if (text === last && kept.length === 0) return;
    last = kept.length === 0 ? text : '';
    // Synchronized update: a terminal that knows it shows the new picture at once; others ignore it.
    const up = drawn === 0 ? '' : `\u001b[${drawn}A`;
    write(`\u001b[?2026h${up}${text}\u001b[J\u001b[?2026l`);
    drawn = lines.length;
  };
  const view = () => (builds.size === 0 ? [] : liveLines([...builds.values()], now(), { ...size(), escapeLine }));
  const timer = setInterval(() => {
    if (builds.size > 0) replace(view());
  }, INTERVAL);
  timer.unref();
  return {
    start: (name) => {
      builds.set(name, { name, startedAt: now(), running: new Map(), done: 0, cached: 0 });
    },
    event: (name, { kind, step }) => {
      const build = builds.get(name);
      if (build === undefined) return;
      if (kind === 'started') build.running.set(step.vertices[0], { step, since: now() });
      else build.running.delete(step.vertices[0]);
      if (kind === 'started' || !isOwnWork(step)) return;
      build.done += 1;
      if (step.cached) build.cached += 1;
    },
    end: (name, record) => {
      builds.delete(name);
      replace(view(), [summaryLine(name, record), ...failureLines(name, record)].map(escapeLine));
    },
    close: () => {
      clearInterval(timer);
      if (drawn > 0) replace([]);
      builds.clear();
    },
  };
}
