import { escapeMarkdown, escapeMarkdownCode } from '../../escape.ts';
import type { ImageReport, WeighedPlatform } from '../report.ts';
import { missingNumbers } from '../view/missing-numbers.ts';
import { runPhrase } from '../view/run-phrase.ts';
import { sizePhrase } from '../view/size-phrase.ts';
import { splitPhrase } from '../view/split-phrase.ts';
import { contentsSection } from './contents-section.ts';
import { filesSection, largestSection } from './files-section.ts';
import { inline } from './inline.ts';
import { layerTableSection } from './layer-table-section.ts';
import { leftoversSection } from './leftovers-section.ts';
import { notesSection } from './notes-section.ts';
import { originTable } from './origin-table.ts';
import type { Page } from './page.ts';
import { wasteSection } from './waste-section.ts';

/** An image that was opened and weighed: nobody built or judged it, so there is no verdict. */
export function inspectionBlocks(image: ImageReport, platform: WeighedPlatform, { links, extent }: Page): string[] {
  const { omit } = extent;
  const missing = missingNumbers(platform).map((note) => `Note: ${escapeMarkdown(note)}`);
  const where = escapeMarkdownCode(platform.platform);
  return [
    `### ${escapeMarkdownCode(image.name)} · ${where} · ${sizePhrase(platform)}`,
    inline(runPhrase(platform)),
    ...(omit.includes('numbers') ? [] : [originTable(platform), inline(splitPhrase(platform)), ...missing]),
    omit.includes('layers') ? '' : layerTableSection(platform, image, links),
    omit.includes('waste') ? '' : wasteSection(platform, image, links),
    omit.includes('contents') ? '' : contentsSection(platform, image),
    omit.includes('contents') ? '' : leftoversSection(platform, image, { links }),
    omit.includes('files') ? '' : largestSection(platform),
    omit.includes('files') ? '' : filesSection(platform),
    omit.includes('notes') ? '' : notesSection(image),
  ].filter((block) => block !== '');
}
