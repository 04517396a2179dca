import { listFaults } from './annotate/list-faults.ts';
import { mergeFaults } from './annotate/merge-faults.ts';
import type { Report } from './report.ts';
import { count } from './view/count.ts';

/** A message on a line of a file, or on the run as a whole; plain text, no Markdown, with line breaks. */
export type Annotation = {
  readonly level: 'error' | 'warning' | 'notice';
  readonly title: string;
  readonly message: string;
  /** From the repository's root. */
  readonly file?: string;
  readonly line?: number;
  /** Set where the instruction has several lines: GitHub takes the first and the last. */
  readonly lineEnd?: number;
};

/** GitHub shows ten of one level in one step, and the sentence that fails the step is one of them. */
const mostPerLevel = 9;

/** Failing steps and findings, the worst first; `prefix` is the working directory as seen from the repository's root. */
export function annotations(report: Report, { prefix }: { readonly prefix?: string } = {}): readonly Annotation[] {
  const several = report.images.length > 1;
  const all = report.images.flatMap((image) =>
    mergeFaults(listFaults(image), {
      image: several ? image.name : undefined,
      platforms: image.platforms.length,
      prefix,
    }),
  );
  return (['error', 'warning'] as const).flatMap((level) => limit(all.filter((each) => each.level === level)));
}

function limit(ofLevel: readonly Annotation[]): readonly Annotation[] {
  const [first] = ofLevel;
  if (first === undefined || ofLevel.length <= mostPerLevel) return ofLevel;
  const shown = ofLevel.slice(0, mostPerLevel - 1);
  const left = count(ofLevel.length - shown.length, `more ${first.level}`);
  const rest = {
    level: first.level,
    title: left,
    message: `${left}: GitHub shows ten in all. They are in the job summary.`,
  };
  return [...shown, rest];
}
