import { escapeMarkdown, escapeMarkdownCode } from '../../escape.ts';
import type { ImageReport, WeighedPlatform } from '../report.ts';
import { comparisonPhrase } from '../view/comparison-phrase.ts';
import { isJudged } from '../view/is-judged.ts';
import { missingNumbers } from '../view/missing-numbers.ts';
import { sizePhrase } from '../view/size-phrase.ts';
import { comparedSplit } from '../view/split-phrase.ts';
import { budgetBars } from './budget-bars.ts';
import { changesSection } from './changes-section.ts';
import { inline } from './inline.ts';
import { leadLine } from './lead-line.ts';
import { notesSection } from './notes-section.ts';
import { packagesSection } from './packages-section.ts';
import type { Page } from './page.ts';
import { pathsSection } from './paths-section.ts';
import { reasonsList } from './reasons-list.ts';
import { sizeChangesTable } from './size-changes-table.ts';
import { verdictMark } from './verdict-mark.ts';

/** Two images that were compared: what changed, and nothing else. There is a verdict where growth has a limit. */
export function comparisonBlocks(image: ImageReport, platform: WeighedPlatform, page: Page): string[] {
  const { links, extent, startedAt } = page;
  const { omit } = extent;
  const numbers = [
    budgetBars(platform.checks),
    inline(comparisonPhrase(platform, startedAt)),
    sizeChangesTable(platform),
    inline(comparedSplit(platform)),
    ...missingNumbers(platform).map((note) => `Note: ${escapeMarkdown(note)}`),
  ];
  return [
    `### ${title(image, platform)}`,
    leadLine(platform, image, links),
    ...(omit.includes('numbers') ? [] : numbers),
    reasonsList(image, page, omit),
    omit.includes('paths') ? '' : pathsSection(platform, image, { links, most: extent.paths }),
    omit.includes('packages') ? '' : packagesSection(platform, image),
    omit.includes('changes') ? '' : changesSection(platform, image, links),
    omit.includes('notes') ? '' : notesSection(image),
  ].filter((block) => block !== '');
}

function title(image: ImageReport, platform: WeighedPlatform): string {
  const verdict = isJudged(image) ? [verdictMark(image.verdict)] : [];
  const name = escapeMarkdownCode(image.name);
  return [...verdict, name, escapeMarkdownCode(platform.platform), sizePhrase(platform)].join(' · ');
}
