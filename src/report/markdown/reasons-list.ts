import { escapeMarkdownCode } from '../../escape.ts';
import type { ImageReport } from '../report.ts';
import { type Reason, shownReasons } from '../view/reasons.ts';
import { findingItem } from './finding-item.ts';
import { inline } from './inline.ts';
import type { Links } from './links.ts';
import type { Page, Part } from './page.ts';
import { checkMark } from './verdict-mark.ts';

/** What made the image fail, with proof and remedy, readable without opening anything. Empty when it passed. */
export function reasonsList(image: ImageReport, { links, extent }: Page, omit: readonly Part[]): string {
  const { shown, left } = shownReasons(image, extent.reasons);
  const items = shown.map((reason) => reasonItem(reason, image, links));
  if (left > 0) items.push(`- … and ${left} more${omit.includes('policy') ? '' : ' under Policy'}`);
  return items.join('\n');
}

function reasonItem(reason: Reason, { platforms }: ImageReport, links: Links | undefined): string {
  const namesPlatform = platforms.length > 1;
  if (reason.kind === 'finding') return findingItem(reason.finding, { links, namesPlatform });
  const { check } = reason;
  const hint = check.hint === undefined ? '' : ` **What to do:** ${inline(check.hint)}`;
  return `- ${checkMark(check)} · ${escapeMarkdownCode(check.rule)}: ${inline(check.statement)}.${hint}`;
}
