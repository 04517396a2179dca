import type { Evidence } from '../../policy/finding.ts';
import type { Failure, ImageReport } from '../report.ts';
import { failurePhrase } from '../view/failure-phrase.ts';
import { logTail } from '../view/log-tail.ts';
import { isWaived, listFindings, type PlacedFinding } from '../view/policy.ts';

/** One thing that is wrong, and the line that answers for it; still outside text, still with marks of code. */
export type Fault = {
  readonly level: 'error' | 'warning';
  readonly topic: string;
  /** The first says what is wrong; those after it are a log. */
  readonly lines: readonly string[];
  readonly remedy: string;
  readonly platform: string | undefined;
  readonly file: string | undefined;
  readonly line: number | undefined;
  readonly lineEnd?: number | undefined;
};

const logLines = 10;

/** Failing steps, then findings, errors before warnings; nothing that is waived. */
export function listFaults(image: ImageReport): Fault[] {
  const steps = [...buildFaults(image), ...testFaults(image)];
  const findings = listFindings(image).filter((finding) => !isWaived(finding) && !isToldByStep(finding, image));
  return [...steps, ...findings.map(findingFault)];
}

function buildFaults(image: ImageReport): Fault[] {
  return image.platforms.flatMap(({ platform, build }) =>
    build?.failure === undefined ? [] : [stepFault('build failed', build.failure, { image, platform })],
  );
}

function testFaults(image: ImageReport): Fault[] {
  return (image.test?.failures ?? []).map((failure) => stepFault('tests failed', failure, { image }));
}

function stepFault(
  topic: string,
  failure: Failure,
  { image, platform }: { readonly image: ImageReport; readonly platform?: string },
): Fault {
  return {
    level: 'error',
    topic,
    lines: [failurePhrase(failure), ...logTail(failure.log, logLines)],
    remedy: failure.hint ?? '',
    platform,
    file: failure.line === undefined ? undefined : image.dockerfile,
    line: failure.line,
  };
}

/** The rule about tests points at the step that failed, and the step has the log. */
function isToldByStep({ rule, evidence }: PlacedFinding, { test }: ImageReport): boolean {
  const lines = new Set((test?.failures ?? []).map(({ line }) => line));
  return rule === 'test-target' && lines.size > 0 && (evidence.length === 0 || lines.has(evidence[0]?.line));
}

function findingFault({ severity, rule, message, remedy, platform, evidence }: PlacedFinding): Fault {
  return { level: severity, topic: rule, lines: [message], remedy, platform, ...placeOf(evidence) };
}

/** The first proof that names a line of a file: an annotation stands on one. */
function placeOf(evidence: readonly Evidence[]): Pick<Fault, 'file' | 'line' | 'lineEnd'> {
  const exact = evidence.find(({ file, line }) => file !== undefined && line !== undefined);
  return { file: exact?.file, line: exact?.line, lineEnd: exact?.lineEnd };
}
