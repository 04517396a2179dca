import type { Refusal } from '../dockerfile/stage-graph.ts';
import type { Check, Finding } from './finding.ts';
import { lineEvidence } from './layer-evidence.ts';
import { dockerfile } from './rules/dockerfile.ts';

/** One finding of rule `dockerfile` for each thing that BuildKit would refuse; always errors, since no setting makes it build. */
export function refusalFindings(refusals: readonly Refusal[], file: string): Finding[] {
  return refusals.map(({ line, message, remedy }) => ({
    rule: dockerfile.id,
    severity: 'error',
    message,
    evidence: line === undefined ? [{ file }] : [lineEvidence(file, line)],
    remedy,
    origin: 'own',
    isNew: null,
  }));
}

/** What became of rule `dockerfile` when there are refusals. */
export function refusalCheck(refusals: readonly Refusal[], file: string): Check {
  const [first] = refusals;
  const more = refusals.length > 1 ? `, and ${refusals.length - 1} more` : '';
  return {
    rule: dockerfile.id,
    severity: 'error',
    status: 'failed',
    statement: `BuildKit would refuse ${file}: ${first?.message ?? 'no reason given'}${more}`,
  };
}
