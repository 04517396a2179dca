import { setFailed, setOutput, summary } from '@actions/core';
import { escapeWorkflowLog } from '../escape.ts';
import { renderMarkdown } from '../report/markdown/render-markdown.ts';
import { UserError } from '../user-error.ts';
import { deliver } from './deliver.ts';
import { errorReport } from './error-report.ts';
import { judge } from './judge.ts';
import { prepare } from './prepare.ts';

/** The step from its inputs to its verdict. Says every failure by the one `setFailed`, after all outputs; never throws. */
export async function runAction(env: NodeJS.ProcessEnv): Promise<void> {
  const failure = await verdictOf(env).catch((error: unknown) => whyNotJudged(error));
  if (failure !== undefined) setFailed(escapeWorkflowLog(failure));
}

/** The sentence for a verdict that fails the step; undefined for one that passes. */
async function verdictOf(env: NodeJS.ProcessEnv): Promise<string | undefined> {
  const step = await prepare(env);
  const judged = await judge(step);
  const report = await deliver(judged, step);
  const { verdict, error } = report;
  if (verdict === 'pass') return undefined;
  return error?.message ?? (verdict === 'fail' ? failed : notJudged);
}

const failed = 'The image does not pass: the findings are in the job summary.';
const notJudged = 'The image could not be judged: the job summary says why.';

/** What stops the step before there is a report. */
async function whyNotJudged(error: unknown): Promise<string> {
  setOutput('verdict', 'error');
  if (error instanceof UserError) {
    const report = errorReport(error, { startedAt: new Date().toISOString() });
    await summary
      .addRaw(renderMarkdown(report))
      .write()
      .catch(() => undefined);
    return error.hint === undefined ? error.message : `${error.message} ${error.hint}`;
  }
  return `This is a bug of stagegate, the image was not judged. ${error instanceof Error ? error.stack : String(error)}`;
}
