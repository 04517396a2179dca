import { escapeTerminal } from '../../escape.ts';
import type { Evidence } from '../../policy/finding.ts';
import { formatBytes } from '../format-bytes.ts';
import type { ImageReport, WaiverReport } from '../report.ts';
import { evidenceParts } from '../view/evidence-parts.ts';
import { foldFindings } from '../view/fold-findings.ts';
import { isWaived, listChecks, type PlacedCheck, type PlacedFinding } from '../view/policy.ts';
import { alignColumns } from './columns.ts';
import { paintCode } from './inline.ts';
import type { Style } from './paint.ts';
import { paragraph } from './paragraph.ts';
import type { Screen } from './screen.ts';
import { checkCell } from './verdict-badge.ts';

const columns = [{ title: '' }, { title: '' }, { title: '' }] as const;
const maxFindings = 30;
const maxEvidence = 5;

/** Every check in one line, under a failed one its findings with proof and remedy, then waivers that no longer count. */
export function policyLines(image: ImageReport, screen: Screen): string[] {
  const checks = listChecks(image);
  const waivers = image.waivers
    .filter(({ status }) => status !== 'used')
    .flatMap((waiver) => waiverLines(waiver, screen));
  const findings = foldFindings(image);
  const lines = findings.slice(0, maxFindings).flatMap((finding) => findingLines(finding, image, screen));
  if (findings.length > maxFindings) lines.push(`  … and ${findings.length - maxFindings} more`);
  if (checks.length + lines.length + waivers.length === 0) return [];
  const rows = checks.map((check) => [
    checkCell(check),
    { text: escapeTerminal(check.rule + platformOf(check, image)) },
    { text: escapeTerminal(check.statement), painter: (text: string) => paintCode(text, screen.paint) },
  ]);
  const hints = checks.flatMap((check) => hintLines(check, screen));
  return [screen.paint('bold', 'Policy'), ...alignColumns(columns, rows, screen), ...hints, ...lines, ...waivers];
}

function hintLines({ rule, hint }: PlacedCheck, screen: Screen): string[] {
  if (hint === undefined) return [];
  const mark = `? not judged ${rule}. What to do: `;
  return ['', ...paragraph(hint, screen, { mark, markStyle: 'error' })];
}

function findingLines(finding: PlacedFinding, image: ImageReport, screen: Screen): string[] {
  const places = finding.evidence.map(describeEvidence).filter((place) => place !== '');
  const rest = places.length > maxEvidence ? [`… and ${places.length - maxEvidence} more`] : [];
  const where = [...places.slice(0, maxEvidence), ...rest].join('; ');
  const saves = finding.savesBytes === undefined ? '' : ` (saves ${formatBytes(finding.savesBytes)})`;
  return [
    '',
    ...paragraph(finding.message, screen, {
      mark: `${findingWord(finding)} ${finding.rule}${platformOf(finding, image)}: `,
      markStyle: findingStyle(finding),
    }),
    ...(where === '' ? [] : paragraph(where, screen, { indent: '    ', mark: 'at ' })),
    ...(finding.remedy === '' ? [] : paragraph(`${finding.remedy}${saves}`, screen, { indent: '    ', mark: 'Fix: ' })),
    ...waiverOf(finding, screen),
  ];
}

function findingWord(finding: PlacedFinding): string {
  if (isWaived(finding)) return '~ waived';
  return finding.severity === 'error' ? '✖ error' : '! warning';
}

function findingStyle(finding: PlacedFinding): Style {
  if (isWaived(finding)) return 'dim';
  return finding.severity === 'error' ? 'fail' : 'near';
}

function platformOf({ platform }: { readonly platform: string | undefined }, { platforms }: ImageReport): string {
  return platforms.length > 1 && platform !== undefined ? ` on ${platform}` : '';
}

function describeEvidence(evidence: Evidence): string {
  return evidenceParts(evidence)
    .map((part) => {
      if (part.kind === 'file') return part.line === undefined ? part.file : `${part.file}:${part.line}`;
      return part.kind === 'path' ? part.path : part.text;
    })
    .join(', ');
}

function waiverOf(finding: PlacedFinding, screen: Screen): string[] {
  if (finding.waiver === undefined) return [];
  const { reason, owner, expires } = finding.waiver;
  const mark = isWaived(finding) ? `Waived until ${expires}` : `Waiver expired on ${expires}`;
  return paragraph(`${mark} (${owner}): ${reason}`, screen, { indent: '    ' });
}

function waiverLines({ rule, path, owner, expires, reason, status }: WaiverReport, screen: Screen): string[] {
  const what = path === undefined ? rule : `${rule} at ${path}`;
  const state = status === 'expired' ? `expired on ${expires}` : 'matches nothing any more: remove it';
  return [
    '',
    ...paragraph(`Waiver of ${what} (${owner}) ${state}. Its reason: ${reason}`, screen, {
      mark: '! ',
      markStyle: 'near',
    }),
  ];
}
