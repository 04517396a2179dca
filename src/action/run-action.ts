import { setFailed, setOutput } from '@actions/core';
import { escapeWorkflowLog } from '../escape.ts';
import type { Verdict } from '../report/report.ts';
import { UserError } from '../user-error.ts';
import { deliver } from './deliver.ts';
import { judge } from './judge.ts';
import { prepare } from './prepare.ts';

/** The step from its inputs to its verdict. Says every failure by the one `setFailed`, after all outputs; never throws. */
export async function runAction(env: NodeJS.ProcessEnv): Promise<void> {
  const failure = await verdictOf(env).catch(whyNotJudged);
  if (failure !== undefined) setFailed(escapeWorkflowLog(failure));
}

/** The sentence for a verdict that fails the step; undefined for one that passes. */
async function verdictOf(env: NodeJS.ProcessEnv): Promise<string | undefined> {
  const step = await prepare(env);
  const judged = await judge(step);
  const report = await deliver(judged, step);
  const { verdict, error } = report;
  return verdict === 'pass' ? undefined : (error?.message ?? sentences[verdict]);
}

const sentences: Readonly<Record<Exclude<Verdict, 'pass'>, string>> = {
  fail: 'The image does not pass: the findings are in the job summary.',
  error: 'The image could not be judged: the job summary says why.',
};

/** What stops the step before there is a report. */
function whyNotJudged(error: unknown): string {
  setOutput('verdict', 'error');
  if (error instanceof UserError) return error.hint === undefined ? error.message : `${error.message} ${error.hint}`;
  return `This is a bug of stagegate, the image was not judged. ${error instanceof Error ? error.stack : String(error)}`;
}
