import type { Redact } from '../build/redact.ts';
import type { Report } from './report.ts';

/** What these hold is one of our own words, a digest or a time: a secret that happens to be such a word must not break it. */
const structural = new Set(
  ['schemaVersion', 'verdict', 'status', 'severity', 'kind', 'by', 'rule', 'source', 'origin', 'originFrom', 'lineFrom']
    .concat([
      'setBy',
      'family',
      'baseChange',
      'store',
      'type',
      'platform',
      'mediaType',
      'digest',
      'diffId',
      'configDigest',
    ])
    .concat(['startedAt', 'recordedAt', 'created', 'expires', 'commit', 'baseCommit', 'wantedCommit', 'reason']),
);

/** The same report with every free text in it redacted. */
export function redactReport(report: Report, redact: Redact): Report {
  return JSON.parse(JSON.stringify(report), (key, value: unknown) =>
    typeof value === 'string' && !(structural.has(key) && isOwnWord(key, value)) ? redact(value) : value,
  );
}

/** `reason` is a word of ours where it tells why bytes are wasted, and a sentence elsewhere. */
function isOwnWord(key: string, value: string): boolean {
  return key !== 'reason' || ['overwritten', 'deleted', 'mode-or-owner'].includes(value);
}
