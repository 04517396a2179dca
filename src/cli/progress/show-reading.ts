import { escapeTerminal, escapeWorkflowLog } from '../../escape.ts';
import type { ReadProgress } from '../../image/blob-source.ts';
import { advance, type Reading, startReading } from './reading.ts';
import { readingLine, readingLogLine } from './reading-line.ts';

/** Shows how the reading of images goes, one after the other. */
export type ReadingDisplay = {
  /** Gives what is to be told of the progress; whatever was shown before is over. */
  readonly start: (name: string) => (progress: ReadProgress) => void;
  /** Clears what moves; nothing is shown afterwards. May be called twice. */
  readonly close: () => void;
};

/** Where progress goes: standard error as a rule. */
export type ReadingTarget = {
  readonly write: (text: string) => void;
  readonly isTerminal: boolean;
  /** Asked for at every drawing: a terminal changes its size. */
  readonly columns: () => number;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Milliseconds. */
  readonly now: () => number;
};

/** A line that is drawn anew on a terminal, a line every few seconds in CI, nothing anywhere else. */
export function showReading(target: ReadingTarget): ReadingDisplay {
  const { CI, TERM, GITHUB_ACTIONS } = target.env;
  const escapeLine = GITHUB_ACTIONS === 'true' ? escapeWorkflowLog : escapeTerminal;
  if (CI !== undefined && CI !== '' && CI !== 'false') return createDisplay(target, logWay(target, escapeLine));
  if (target.isTerminal && TERM !== 'dumb') return createDisplay(target, liveWay(target));
  return { start: () => () => {}, close: () => {} };
}

type Way = { readonly interval: number; readonly show: (reading: Reading) => void; readonly clear: () => void };

function createDisplay({ now }: ReadingTarget, { interval, show, clear }: Way): ReadingDisplay {
  let shown: { reading: Reading } | undefined;
  const timer = setInterval(() => shown && show(shown.reading), interval);
  timer.unref();
  return {
    start: (name) => {
      const current = { reading: startReading(escapeTerminal(name), now()) };
      shown = current;
      return (progress) => {
        current.reading = advance(current.reading, progress, now());
      };
    },
    close: () => {
      clearInterval(timer);
      if (shown !== undefined) clear();
      shown = undefined;
    },
  };
}

/** Ten drawings a second; what takes less than the first of them is never seen. */
function liveWay({ write, columns, now }: ReadingTarget): Way {
  let isDrawn = false;
  return {
    interval: 100,
    show: (reading) => {
      write(`\r${readingLine(reading, now(), columns())}\u001b[K`);
      isDrawn = true;
    },
    clear: () => {
      if (isDrawn) write('\r\u001b[K');
    },
  };
}

function logWay({ write }: ReadingTarget, escapeLine: (line: string) => string): Way {
  return {
    interval: 5000,
    show: (reading) => write(`${escapeLine(`stagegate: ${readingLogLine(reading)}`)}\n`),
    clear: () => {},
  };
}
