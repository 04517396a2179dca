import { escapeMarkdown, escapeMarkdownCode } from '../../escape.ts';
import type { Evidence } from '../../policy/finding.ts';
import { formatBytes } from '../format-bytes.ts';
import { type EvidencePart, evidenceParts } from '../view/evidence-parts.ts';
import { isWaived, type PlacedFinding } from '../view/policy.ts';
import { inline } from './inline.ts';
import { fileLink, type Links } from './links.ts';
import { findingMark } from './verdict-mark.ts';

const maxEvidence = 5;

/** A finding as a list item: what, where, then the way out on a line of its own. */
export function findingItem(
  finding: PlacedFinding,
  options: { readonly links: Links | undefined; readonly namesPlatform: boolean },
): string {
  const { rule, message, platform, evidence } = finding;
  const on = options.namesPlatform && platform !== undefined ? ` on ${escapeMarkdownCode(platform)}` : '';
  const what = `${findingMark(finding)} · ${escapeMarkdownCode(rule)}${on}: ${inline(message)}`;
  return [`- ${what}${where(evidence, options.links)}${newness(finding)}`, fix(finding), waiver(finding)]
    .filter((line) => line !== '')
    .join('<br>\n  ');
}

function where(evidence: readonly Evidence[], links: Links | undefined): string {
  if (evidence.length === 0) return '';
  const shown = evidence
    .slice(0, maxEvidence)
    .map((one) =>
      evidenceParts(one)
        .map((part) => evidencePart(part, links))
        .join(', '),
    )
    .filter((place) => place !== '');
  const rest = evidence.length > maxEvidence ? `; … and ${evidence.length - maxEvidence} more` : '';
  return ` (${shown.join('; ')}${rest})`;
}

function evidencePart(part: EvidencePart, links: Links | undefined): string {
  switch (part.kind) {
    case 'file':
      return fileLink(links, part.file, part.line);
    case 'path':
      return escapeMarkdownCode(part.path);
    case 'place':
      return part.text;
  }
}

function newness({ isNew, origin }: PlacedFinding): string {
  const words = [];
  if (isNew === true) words.push('new');
  if (isNew === false) words.push('known before');
  if (origin === 'base') words.push('from the base image');
  return words.length === 0 ? '' : ` · ${words.join(', ')}`;
}

function fix({ remedy, savesBytes }: PlacedFinding): string {
  if (remedy === '') return '';
  const saves = savesBytes === undefined ? '' : ` (saves ${formatBytes(savesBytes)})`;
  return `**Fix:** ${inline(remedy)}${saves}`;
}

function waiver(finding: PlacedFinding): string {
  if (finding.waiver === undefined) return '';
  const { reason, owner, expires } = finding.waiver;
  const state = isWaived(finding)
    ? `Waived until ${escapeMarkdown(expires)}`
    : `Waiver expired on ${escapeMarkdown(expires)}`;
  return `${state} (${escapeMarkdownCode(owner)}): ${escapeMarkdown(reason)}`;
}
