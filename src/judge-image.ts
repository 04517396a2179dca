import type { BuildRecord } from './build/build-record.ts';
import type { Compared } from './compare-with-baseline.ts';
import type { Refusal } from './dockerfile/stage-graph.ts';
import type { Measurement } from './measure.ts';
import type { Case, Judgement } from './policy/judge.ts';
import { judge } from './policy/judge.ts';
import { refusalCheck, refusalFindings } from './policy/refusals.ts';
import { verdictOf } from './policy/verdict.ts';
import { mergeWaiverReports } from './policy/waiver.ts';
import { describeBuild, describeFailure } from './report/describe-build.ts';
import { describeEntry } from './report/describe-entry.ts';
import { describeStages } from './report/describe-stages.ts';
import { describeTest } from './report/describe-test.ts';
import type { ImageReport, TestReport } from './report/report.ts';
import type { ImageEntry, Settings } from './settings/settings.ts';

type Built = Extract<Measurement, { kind: 'built' }>;

/** What judging needs besides the measurement: the bar, the day (for waivers), and the platform of an image that is not there. */
export type Terms = {
  readonly failOn: Settings['failOn'];
  readonly now: Date;
  readonly hostPlatform: string;
};

/** The report of an entry whose Dockerfile BuildKit would refuse: nothing was built, and no setting makes that a pass. */
export function judgeRefused(entry: ImageEntry, refusals: readonly Refusal[]): ImageReport {
  return {
    ...describeEntry(entry),
    verdict: 'fail',
    checks: [refusalCheck(refusals, entry.dockerfileAsWritten)],
    findings: refusalFindings(refusals, entry.dockerfileAsWritten),
  };
}

/** Judges what was built: Dockerfile and tests once for the entry, the image with its platform. */
export function judgeBuilt(
  entry: ImageEntry,
  measured: Built,
  compared: Compared | undefined,
  terms: Terms,
): ImageReport {
  const test = testReport(entry, measured);
  const rules = { settings: entry.rules, waivers: entry.waivers, now: terms.now };
  const ofEntry = judge({ ...rules, subjects: entrySubjects(entry, measured, test) });
  const ofImage = judge({
    ...rules,
    subjects: imageSubjects(entry, measured, compared),
    baselineFindings: compared?.findings,
  });
  const broken = records(measured).find((record) => record.failure?.fault === 'infrastructure');
  return {
    ...describeEntry(entry),
    verdict: verdictOf({
      checks: [...ofEntry.checks, ...ofImage.checks],
      findings: [...ofEntry.findings, ...ofImage.findings],
      failOn: terms.failOn,
      couldNotBuild: measured.final.failure?.fault ?? broken?.failure?.fault,
    }),
    ...(broken?.failure === undefined ? {} : { error: { message: broken.failure.message } }),
    stages: stages(measured),
    notes: notes(measured),
    ...(test === undefined || test === 'unknown' ? {} : { test }),
    checks: [...ofEntry.checks],
    findings: [...ofEntry.findings],
    waivers: mergeWaiverReports([ofEntry.waivers, ofImage.waivers]),
    platforms: platforms(entry, measured, { compared, judged: ofImage, terms }),
  };
}

/** `unknown` when the engine broke under the test build: then nothing is said of the tests. */
function testReport({ testTarget }: ImageEntry, { test, final, roles }: Built): TestReport | undefined | 'unknown' {
  if (testTarget === undefined || test === undefined) return undefined;
  if (test.failure?.fault === 'infrastructure') return 'unknown';
  return describeTest(testTarget, roles?.testIndex, { test, final });
}

function entrySubjects(entry: ImageEntry, { graph }: Built, test: ReturnType<typeof testReport>): Case['subjects'] {
  const dockerfile = entry.dockerfileAsWritten;
  const subjects = { dockerfile: { file: dockerfile, graph } };
  return test === 'unknown' ? subjects : { ...subjects, test: { test, dockerfile } };
}

function imageSubjects(entry: ImageEntry, { weighed }: Built, compared: Compared | undefined): Case['subjects'] {
  if (weighed === undefined || compared === undefined) return {};
  const { delta, noDelta } = compared;
  const { dockerfileAsWritten: dockerfile } = entry;
  return {
    image: { ...weighed, dockerfile, delta, noDelta },
    comparison: { profile: weighed.profile, dockerfile, delta, noDelta },
  };
}

function records({ final, test }: Built): BuildRecord[] {
  return test === undefined ? [final] : [final, test];
}

function stages(measured: Built): ImageReport['stages'] {
  const { graph, roles } = measured;
  return graph === undefined || roles === undefined ? [] : describeStages(graph, roles, records(measured));
}

function notes(measured: Built): ImageReport['notes'] {
  const { foreignSyntax } = measured;
  const ofBuilds = records(measured).flatMap((record) => record.notes ?? []);
  return [...(foreignSyntax === undefined ? [] : [foreignNote(foreignSyntax)]), ...new Set(ofBuilds)];
}

function foreignNote(syntax: string): string {
  return `The Dockerfile is written for ${syntax}: only that frontend knows its stages, so none are shown and lines are found by history.`;
}

function platforms(
  entry: ImageEntry,
  { weighed, final, graph }: Built,
  { compared, judged, terms }: { compared: Compared | undefined; judged: Judgement; terms: Terms },
): ImageReport['platforms'] {
  const build = describeBuild(final, graph);
  if (weighed === undefined || compared === undefined) {
    const failure = final.failure && describeFailure(final.failure);
    return failure === undefined
      ? []
      : [{ platform: entry.platform ?? terms.hostPlatform, build: { ...build, failure } }];
  }
  return [
    {
      ...weighed.profile,
      build,
      baseline: compared.baseline,
      ...(compared.delta === undefined ? {} : { delta: compared.delta }),
      checks: [...judged.checks],
      findings: [...judged.findings],
    },
  ];
}
