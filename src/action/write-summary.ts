import { summary } from '@actions/core';
import { fitMarkdown } from '../report/markdown/fit-markdown.ts';
import type { Telling } from './comment.ts';
import type { Step } from './prepare.ts';

/** GitHub refuses a step's summary beyond 1 MiB; the rest is for what other code of the step may add. */
const limit = { maxCharacters: 1_000_000, maxBytes: 1_000_000 };

/** Adds the report to the job summary, with what could not be told elsewhere at its top. */
export async function writeSummary(
  { report, lead, links, warnings }: Telling,
  { env }: Step,
): Promise<readonly string[]> {
  if (!env.GITHUB_STEP_SUMMARY)
    return ['No job summary was written: this runner has none (GITHUB_STEP_SUMMARY is not set).'];
  await summary.addRaw(fitMarkdown(report, { links, lead: [...lead, ...warnings], ...limit })).write();
  return [];
}
