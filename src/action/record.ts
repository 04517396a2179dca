import { type RecordedImage, recordInActionsCache } from '../baseline/record-in-actions-cache.ts';
import type { Report } from '../report/report.ts';
import type { Step } from './prepare.ts';
import { say } from './say.ts';

/** Records the baseline of a pushed branch; gives a sentence for each image that was not recorded. */
export async function record(report: Report, { env, event, inputs, folder }: Step): Promise<readonly string[]> {
  const { pushedBranch: branch } = event;
  if (branch === undefined || inputs.baseline.kind !== 'actions-cache') return [];
  const results = await recordInActionsCache({ env, folder, report, branch, variant: inputs.commentKey });
  return results.flatMap((result) => tell(result, branch));
}

function tell(result: RecordedImage, branch: string): readonly string[] {
  if (result.kind === 'skipped') return [`No baseline of ${result.image} was recorded: ${result.reason}.`];
  say(`baseline: ${result.image} of ${branch} ${result.isNew ? 'recorded' : 'was recorded before'} as ${result.key}`);
  return [];
}
