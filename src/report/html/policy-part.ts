import type { Evidence } from '../../policy/finding.ts';
import { formatBytes } from '../format-bytes.ts';
import type { ImageReport } from '../report.ts';
import { formatShare, readBudgets } from '../view/budget.ts';
import { evidenceParts } from '../view/evidence-parts.ts';
import { foldFindings } from '../view/fold-findings.ts';
import { isWaived, listChecks, type PlacedCheck, type PlacedFinding } from '../view/policy.ts';
import { type Html, html, type Part } from './html.ts';
import { phrase } from './phrase.ts';
import { bar, list, section } from './section.ts';
import { table } from './table.ts';

const columns = [{ title: 'Result' }, { title: 'Rule' }, { title: 'What is so' }, { title: 'Budget' }] as const;
const maxFindings = 100;
const maxEvidence = 5;

/** Every check, budgets with their bar. Nothing without any. */
export function checksPart(image: ImageReport): Html | undefined {
  const checks = listChecks(image);
  if (checks.length === 0) return undefined;
  const passed = checks.filter(({ status }) => status === 'passed').length;
  return section(
    'Policy',
    `${passed} of ${checks.length} checks passed`,
    table(
      columns,
      checks.map((check) => checkRow(check, image)),
    ),
  );
}

/** What was found, the worst first, each with proof and remedy. Nothing without any. */
export function findingsPart(image: ImageReport): Html | undefined {
  const findings = foldFindings(image);
  if (findings.length === 0) return undefined;
  const items: Part[] = findings.slice(0, maxFindings).map(findingItem);
  if (findings.length > maxFindings) items.push(`… and ${findings.length - maxFindings} more`);
  return section('Findings', '', list(items));
}

function checkRow(check: PlacedCheck, { platforms }: ImageReport): Part[] {
  const on = platforms.length > 1 && check.platform !== undefined ? ` on ${check.platform}` : '';
  const hint = check.hint === undefined ? undefined : html`. ${phrase(check.hint)}`;
  const [budget] = readBudgets([check]);
  const share = budget?.share ?? null;
  return [
    html`<span class="${styleOf(check)}">${wordOf(check)}</span>`,
    html`<code>${check.rule}</code>${on}`,
    html`${phrase(check.statement)}${hint}`,
    share === null ? '' : html`${bar(share, 1)} ${formatShare(share)}`,
  ];
}

function styleOf({ status, severity }: PlacedCheck): string {
  if (status === 'failed') return severity === 'error' ? 'fail' : 'error';
  return status === 'passed' ? 'pass' : 'error';
}

function wordOf({ status, severity }: PlacedCheck): string {
  if (status === 'failed') return severity;
  return status === 'not-judged' ? 'not judged' : status;
}

function findingItem(finding: PlacedFinding): Part {
  const { rule, severity, message, evidence, remedy, savesBytes, waiver } = finding;
  const word = isWaived(finding) ? 'waived' : severity;
  const saves = savesBytes === undefined ? '' : ` (saves ${formatBytes(savesBytes)})`;
  const until = waiver && html` Waived until ${waiver.expires} (${waiver.owner}): ${waiver.reason}`;
  return html`<strong>${word}</strong> <code>${rule}</code>: ${phrase(message)}${places(evidence)}${
    remedy === '' ? undefined : html`<br><strong>Fix:</strong> ${phrase(remedy)}${saves}`
  }${until}`;
}

function places(evidence: readonly Evidence[]): Part {
  const shown = evidence
    .slice(0, maxEvidence)
    .map(describe)
    .filter((place) => place !== '');
  if (shown.length === 0) return undefined;
  const rest = evidence.length > maxEvidence ? ` … and ${evidence.length - maxEvidence} more` : '';
  return [' (', shown.map((place, at) => [at === 0 ? '' : '; ', html`<code>${place}</code>`]), rest, ')'];
}

function describe(evidence: Evidence): string {
  return evidenceParts(evidence)
    .map((part) => {
      if (part.kind === 'file') return part.line === undefined ? part.file : `${part.file}:${part.line}`;
      return part.kind === 'path' ? part.path : part.text;
    })
    .join(', ');
}
