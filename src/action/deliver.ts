import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { error, notice, setOutput, warning } from '@actions/core';
import { annotations } from '../report/annotations.ts';
import { actionOutputs } from '../report/outputs.ts';
import { renderJson } from '../report/render-json.ts';
import type { Report } from '../report/report.ts';
import { renderText } from '../report/text/render-text.ts';
import { builderNotices } from './builder-notices.ts';
import { comment } from './comment.ts';
import type { Judged } from './judge.ts';
import type { Step } from './prepare.ts';
import { record } from './record.ts';
import { reportLinks } from './report-links.ts';
import { inGroup, say } from './say.ts';
import { unlessLost } from './unless-lost.ts';
import { writeSummary } from './write-summary.ts';

/** Says the result where people and later steps look. What cannot be said costs a warning, never the verdict. */
export async function deliver(judged: Judged, step: Step): Promise<Report> {
  const { report } = judged;
  const lost = [...judged.warnings, ...(await unlessLost('report file', () => writeOutputs(report, step)))];
  say(...renderText(report, { color: false, width: 120 }).trimEnd().split('\n'));
  const notices = [...builderNotices(report)];
  const telling = { ...judged, links: await reportLinks(step) };
  await inGroup('Publishing', async () => {
    lost.push(...(await unlessLost('comment', () => comment(telling, step))));
    lost.push(
      ...(await unlessLost('baseline', async () => {
        const recording = await record(judged, step);
        notices.push(...recording.notices);
        return recording.warnings;
      })),
    );
    lost.push(...(await unlessLost('job summary', () => writeSummary({ ...telling, warnings: [...lost] }, step))));
  });
  for (const sentence of lost) warning(sentence);
  for (const sentence of notices) notice(sentence);
  annotate(report);
  return report;
}

async function writeOutputs(report: Report, { folder }: Step): Promise<readonly string[]> {
  for (const [name, value] of Object.entries(actionOutputs(report))) setOutput(name, value);
  const file = join(folder, 'report.json');
  await writeFile(file, renderJson(report));
  setOutput('report', file);
  return [];
}

function annotate(report: Report): void {
  for (const { level, message, title, file, line, lineEnd } of annotations(report)) {
    const place = {
      title,
      ...(file === undefined ? {} : { file }),
      ...(line === undefined ? {} : { startLine: line }),
      ...(lineEnd === undefined ? {} : { endLine: lineEnd }),
    };
    ({ error, warning, notice })[level](message, place);
  }
}
