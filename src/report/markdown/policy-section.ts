import { escapeMarkdown, escapeMarkdownCode, escapeMarkdownCodeInTable } from '../../escape.ts';
import type { Check } from '../../policy/finding.ts';
import type { ImageReport, WaiverReport } from '../report.ts';
import { count } from '../view/count.ts';
import { maxRows } from '../view/keep-most.ts';
import { listChecks, type PlacedCheck } from '../view/policy.ts';
import { remainingFindings } from '../view/reasons.ts';
import { findingItem } from './finding-item.ts';
import { inlineInTable } from './inline.ts';
import type { Page } from './page.ts';
import { section } from './section.ts';
import { table } from './table.ts';
import { checkMark } from './verdict-mark.ts';

const columns = [{ title: 'Result' }, { title: 'Rule' }, { title: 'What is so' }] as const;

/** Every check with its result, the findings that the lead did not show, and the waivers. */
export function policySection(image: ImageReport, page: Page): string {
  const checks = listChecks(image);
  const body = [checksTable(checks, image), findingsList(image, page), waiversList(image.waivers)];
  if (body.every((block) => block === '')) return '';
  return section('Policy', summary(checks), body.filter((block) => block !== '').join('\n\n'));
}

function summary(checks: readonly Check[]): string {
  const failed = checks.filter(({ status }) => status === 'failed');
  const errors = failed.filter(({ severity }) => severity === 'error').length;
  const warnings = failed.length - errors;
  const parts = [`${countOf(checks, 'passed')} of ${count(checks.length, 'check')} passed`];
  if (errors > 0) parts.push(count(errors, 'error'));
  if (warnings > 0) parts.push(count(warnings, 'warning'));
  if (countOf(checks, 'waived') > 0) parts.push(`${countOf(checks, 'waived')} waived`);
  if (countOf(checks, 'not-judged') > 0) parts.push(`${countOf(checks, 'not-judged')} not judged`);
  return parts.join(', ');
}

function countOf(checks: readonly Check[], status: Check['status']): number {
  return checks.filter((check) => check.status === status).length;
}

function checksTable(checks: readonly PlacedCheck[], { platforms }: ImageReport): string {
  if (checks.length === 0) return '';
  const rows = checks.slice(0, maxRows * 2).map((check) => checkRow(check, platforms.length > 1));
  if (checks.length > rows.length) rows.push(['', '', `… and ${checks.length - rows.length} more`]);
  return table(columns, rows);
}

function checkRow(check: PlacedCheck, namesPlatform: boolean): string[] {
  const on = namesPlatform && check.platform !== undefined ? ` on ${escapeMarkdownCodeInTable(check.platform)}` : '';
  const hint = check.hint === undefined ? '' : `. ${inlineInTable(check.hint)}`;
  return [checkMark(check), `${escapeMarkdownCodeInTable(check.rule)}${on}`, inlineInTable(check.statement) + hint];
}

function findingsList(image: ImageReport, { links, extent }: Page): string {
  const findings = remainingFindings(image, extent.reasons);
  const namesPlatform = image.platforms.length > 1;
  const items = findings.slice(0, maxRows).map((finding) => findingItem(finding, { links, namesPlatform }));
  if (findings.length > maxRows) items.push(`- … and ${findings.length - maxRows} more`);
  return items.join('\n');
}

function waiversList(waivers: readonly WaiverReport[]): string {
  const open = waivers.filter(({ status }) => status !== 'used');
  const items = open.slice(0, maxRows).map(waiverItem);
  if (open.length > maxRows) items.push(`- … and ${open.length - maxRows} more`);
  // A heading between two lists keeps them apart.
  return items.length === 0 ? '' : ['**Waivers that no longer count**', items.join('\n')].join('\n\n');
}

function waiverItem({ rule, path, owner, expires, reason, status }: WaiverReport): string {
  const what =
    path === undefined ? escapeMarkdownCode(rule) : `${escapeMarkdownCode(rule)} at ${escapeMarkdownCode(path)}`;
  const state = status === 'expired' ? `expired on ${escapeMarkdown(expires)}` : 'matches nothing any more: remove it';
  return `- ⚠️ ${what} (${escapeMarkdownCode(owner)}) ${state}. Its reason: ${escapeMarkdown(reason)}`;
}
