import { escapeTerminal, escapeWorkflowLog } from '../../escape.ts';
import type { BuildRecord } from '../build-record.ts';
import type { BuildEvent } from '../follow-build.ts';
import { createLiveDisplay } from './live-display.ts';
import { createLogDisplay } from './log-display.ts';

/** Shows builds while they run. A build is known by its name: `test`, `final`, `api final`. */
export type BuildDisplay = {
  readonly start: (build: string) => void;
  readonly event: (build: string, event: BuildEvent) => void;
  readonly end: (build: string, record: BuildRecord) => void;
  /** Clears what moves, closes what is open; nothing is shown afterwards. May be called twice. */
  readonly close: () => void;
};

/** Where progress goes: standard error as a rule. */
export type ProgressTarget = {
  readonly write: (text: string) => void;
  readonly isTerminal: boolean;
  /** Asked for at every drawing: a terminal changes its size. */
  readonly size: () => { readonly columns: number; readonly rows: number };
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Milliseconds. */
  readonly now: () => number;
};

/** A live view on a terminal; lines elsewhere, within one group in GitHub Actions. */
export function showProgress(target: ProgressTarget): BuildDisplay {
  const inActions = target.env.GITHUB_ACTIONS === 'true';
  if (inActions) return createLogDisplay({ ...target, escapeLine: escapeWorkflowLog, grouped: true });
  const isLive = target.isTerminal && target.env.TERM !== 'dumb' && target.env.CI !== 'true';
  if (!isLive) return createLogDisplay({ ...target, escapeLine: escapeTerminal, grouped: false });
  return createLiveDisplay({ ...target, escapeLine: escapeTerminal });
}
