import { escapeMarkdown, escapeMarkdownCode } from '../../escape.ts';
import type { ImageReport, UnbuiltPlatform, WeighedPlatform } from '../report.ts';
import { comparisonPhrase } from '../view/comparison-phrase.ts';
import { failurePhrase } from '../view/failure-phrase.ts';
import { isWeighed } from '../view/is-weighed.ts';
import { missingNumbers } from '../view/missing-numbers.ts';
import { sizePhrase } from '../view/size-phrase.ts';
import { budgetBars } from './budget-bars.ts';
import { inline } from './inline.ts';
import { leadLine } from './lead-line.ts';
import type { Page, Part } from './page.ts';

/** What one platform weighs, against what, and how much of its budgets it uses. */
export function platformLead(
  platform: WeighedPlatform | UnbuiltPlatform,
  image: ImageReport,
  { page, omit }: { readonly page: Page; readonly omit: readonly Part[] },
): string[] {
  const name = escapeMarkdownCode(platform.platform);
  if (!isWeighed(platform)) {
    const { failure } = platform.build;
    const what = `**The image for ${name} was not built:** ${inline(`${failurePhrase(failure)}.`)}`;
    return [failure.hint === undefined ? what : `${what}\n\n**What to do:** ${inline(failure.hint)}`];
  }
  const sizes = image.platforms.length > 1 ? [`**${name}** · ${sizePhrase(platform)}`] : [];
  if (omit.includes('numbers')) return sizes;
  const comparison = inline(comparisonPhrase(platform, page.startedAt));
  const missing = missingNumbers(platform).map((note) => `Note: ${escapeMarkdown(note)}`);
  return [...sizes, leadLine(platform, image, page.links), budgetBars(platform.checks), comparison, ...missing];
}
