import { escapeTerminal } from '../../escape.ts';
import type { ImageReport, UnbuiltPlatform, WeighedPlatform } from '../report.ts';
import { comparisonPhrase } from '../view/comparison-phrase.ts';
import { failurePhrase } from '../view/failure-phrase.ts';
import { isWeighed } from '../view/is-weighed.ts';
import { missingNumbers } from '../view/missing-numbers.ts';
import { listNotes } from '../view/notes.ts';
import { sizePhrase } from '../view/size-phrase.ts';
import { testPhrase } from '../view/test-phrase.ts';
import { budgetLines } from './budget-lines.ts';
import { changesLines } from './changes-lines.ts';
import { errorLines } from './error-lines.ts';
import { failureLines } from './failure-lines.ts';
import { layersLines } from './layers-lines.ts';
import { paragraph } from './paragraph.ts';
import { policyLines } from './policy-lines.ts';
import type { Screen } from './screen.ts';
import { stepsLine } from './steps-line.ts';

/** Everything below an image's headline, block by block; the first block belongs right under it. */
export function imageLines(image: ImageReport, screen: Screen): string[][] {
  return [
    leadLines(image, screen),
    ...image.platforms.flatMap((platform) => platformLines(platform, image, screen)),
    ...(image.test?.failures ?? []).map((failure) => failureLines(failure, screen)),
    policyLines(image, screen),
    notesLines(image, screen),
  ];
}

function leadLines({ error, platforms, test }: ImageReport, screen: Screen): string[] {
  const [only, ...others] = platforms;
  return [
    ...(error === undefined ? [] : errorLines(error, screen)),
    ...(only === undefined || others.length > 0 ? [] : platformLead(only, screen)),
    ...(test === undefined ? [] : paragraph(testPhrase(test), screen)),
  ];
}

function platformLead(platform: WeighedPlatform | UnbuiltPlatform, screen: Screen): string[] {
  if (!isWeighed(platform)) {
    const mark = `The image for ${platform.platform} was not built: `;
    return paragraph(`${failurePhrase(platform.build.failure)}.`, screen, { mark });
  }
  const notes = missingNumbers(platform).flatMap((note) => paragraph(note, screen, { mark: 'Note: ' }));
  return [...paragraph(comparisonPhrase(platform), screen), ...notes, ...stepsLine(platform)];
}

function platformLines(
  platform: WeighedPlatform | UnbuiltPlatform,
  { platforms }: ImageReport,
  screen: Screen,
): string[][] {
  const lead = platforms.length > 1 ? [platformTitle(platform, screen), ...platformLead(platform, screen)] : [];
  if (!isWeighed(platform)) return [lead, failureLines(platform.build.failure, screen)];
  return [lead, budgetLines(platform.checks, screen), layersLines(platform, screen), changesLines(platform, screen)];
}

function platformTitle(platform: WeighedPlatform | UnbuiltPlatform, { paint }: Screen): string {
  const name = paint('bold', escapeTerminal(platform.platform));
  return isWeighed(platform) ? `${name}  ${sizePhrase(platform)}` : name;
}

function notesLines(image: ImageReport, screen: Screen): string[] {
  const notes = listNotes(image);
  if (notes.length === 0) return [];
  return [
    screen.paint('bold', 'Notes'),
    ...notes.slice(0, 20).flatMap((note) => paragraph(note, screen, { mark: '- ' })),
  ];
}
