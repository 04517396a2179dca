import { type RecordedImage, recordInActionsCache } from '../baseline/record-in-actions-cache.ts';
import { recordInArtifact } from '../baseline/record-in-artifact.ts';
import { redactValues } from '../build/redact.ts';
import { guardedFetch } from '../network/guarded-fetch.ts';
import { recordIndexes } from '../record-indexes.ts';
import type { Report } from '../report/report.ts';
import { hideIndexes } from './hide-indexes.ts';
import type { Judged } from './judge.ts';
import type { Step } from './prepare.ts';
import { say } from './say.ts';

/** A sentence for each image that was not recorded in the Actions cache, and for each that was not left as an artifact. */
export type Recording = { readonly warnings: readonly string[]; readonly notices: readonly string[] };

/**
 * Records the baselines of a pushed branch, each image where its pull requests look for it: by itself both in the Actions
 * cache, which forgets within days what nobody asks for, and as an artifact of the run.
 */
export async function record(judged: Judged, { env, event, inputs, folder, hidden }: Step): Promise<Recording> {
  const { pushedBranch: branch } = event;
  if (branch === undefined) return { warnings: [], notices: [] };
  const sides = await hideIndexes(judged.sides, redactValues(hidden));
  const whole = { ...judged, report: await recordIndexes(judged.report, sides) };
  const where = { env, branch, variant: inputs.commentKey };
  const cached = await recordInActionsCache({ ...where, folder, report: reportFor('cache', whole) });
  const left = await recordInArtifact({ ...where, fetch: guardedFetch(env), report: reportFor('artifact', whole) });
  return {
    warnings: cached.flatMap((result) => tell(result, `baseline: ${result.image} of ${branch}`)),
    notices: [
      ...left.flatMap((result) => tell(result, `baseline: artifact of ${result.image} of ${branch}`)),
      ...[...judged.sides.keys()].filter((image) => !sides.has(image)).map(withoutIndex),
    ],
  };
}

/** With the images alone whose pull requests look there. */
function reportFor(place: 'cache' | 'artifact', { report, entries }: Judged): Report {
  const names = entries.filter(({ baseline }) => ['auto', place].includes(baseline?.kind ?? 'auto'));
  return { ...report, images: report.images.filter(({ name }) => names.some((entry) => entry.name === name)) };
}

function withoutIndex(image: string): string {
  return `The baseline of ${image} has no file index, since the name of a file in it holds a secret: files will not be compared.`;
}

function tell(result: RecordedImage, what: string): readonly string[] {
  if (result.kind === 'skipped') return [`No baseline of ${result.image} was recorded: ${result.reason}.`];
  say(`${what} ${result.isNew ? 'recorded' : 'was recorded before'} as ${result.key}`);
  return [];
}
