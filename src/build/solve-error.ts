import type { LineRange } from '../dockerfile/stage-graph.ts';

/** What buildx wrote behind its events. */
export type SolveError = {
  /** Lines that the excerpt marks with `>>>`, of the first excerpt. */
  readonly lines?: LineRange;
  /** The last `ERROR:` without its lead-in. */
  readonly message?: string;
};

/** Reads the excerpt and the last line (buildx cmd/buildx/main.go, buildkit solver/errdefs/source.go). */
export function readSolveError(text: readonly string[]): SolveError {
  const lines = markedLines(text);
  const at = text.findLastIndex((line) => line.startsWith('ERROR: '));
  const message = at === -1 ? undefined : text.slice(at).join(' ').replace(LEAD_IN, '').trim();
  return { ...(lines === undefined ? {} : { lines }), ...(message === undefined ? {} : { message }) };
}

const LEAD_IN = /^ERROR: (?:failed to build: )?(?:target \S+: )?(?:failed to solve: )?/;
const RULE = '--------------------';

/** Between the first two rules; an excerpt's lines read ` 13 | >>> RUN …`. */
function markedLines(text: readonly string[]): LineRange | undefined {
  const open = text.indexOf(RULE);
  if (open === -1) return undefined;
  const close = text.indexOf(RULE, open + 1);
  const marked = text
    .slice(open + 1, close === -1 ? undefined : close)
    .flatMap((line) => /^\s*(\d{1,9}) \| >>>/.exec(line)?.[1] ?? [])
    .map(Number);
  const [start] = marked;
  return start === undefined ? undefined : { start, end: marked.at(-1) ?? start };
}
