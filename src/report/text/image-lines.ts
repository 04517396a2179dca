import { escapeTerminal } from '../../escape.ts';
import type { ImageReport, Report, UnbuiltPlatform, WeighedPlatform } from '../report.ts';
import { comparisonPhrase } from '../view/comparison-phrase.ts';
import { failurePhrase } from '../view/failure-phrase.ts';
import { isWeighed } from '../view/is-weighed.ts';
import { missingNumbers } from '../view/missing-numbers.ts';
import { sizePhrase } from '../view/size-phrase.ts';
import { testPhrase } from '../view/test-phrase.ts';
import { budgetLines } from './budget-lines.ts';
import { changesLines } from './changes-lines.ts';
import { errorLines } from './error-lines.ts';
import { failureLines } from './failure-lines.ts';
import { layersLines } from './layers-lines.ts';
import { notesLines } from './notes-lines.ts';
import { paragraph } from './paragraph.ts';
import { policyLines } from './policy-lines.ts';
import type { Screen } from './screen.ts';
import { stepsLine } from './steps-line.ts';
import { wasteLines } from './waste-lines.ts';

type Run = Report['run'];

/** More is in the JSON, and in what `inspect` shows. */
const maxWaste = 5;

/** Everything below an image's headline, block by block; the first block belongs right under it. */
export function imageLines(image: ImageReport, run: Run, screen: Screen): string[][] {
  return [
    leadLines(image, run, screen),
    ...image.platforms.flatMap((platform) => platformLines(platform, { image, run }, screen)),
    ...(image.test?.failures ?? []).map((failure) => failureLines(failure, screen)),
    policyLines(image, screen),
    notesLines(image, screen),
  ];
}

function leadLines({ error, platforms, test }: ImageReport, run: Run, screen: Screen): string[] {
  const [only, ...others] = platforms;
  return [
    ...(error === undefined ? [] : errorLines(error, screen)),
    ...(only === undefined || others.length > 0 ? [] : platformLead(only, run, screen)),
    ...(test === undefined ? [] : paragraph(testPhrase(test), screen)),
  ];
}

function platformLead(platform: WeighedPlatform | UnbuiltPlatform, run: Run, screen: Screen): string[] {
  if (!isWeighed(platform)) {
    const mark = `The image for ${platform.platform} was not built: `;
    return paragraph(`${failurePhrase(platform.build.failure)}.`, screen, { mark });
  }
  const notes = missingNumbers(platform).flatMap((note) => paragraph(note, screen, { mark: 'Note: ' }));
  return [...paragraph(comparisonPhrase(platform, run.startedAt), screen), ...notes, ...stepsLine(platform)];
}

function platformLines(
  platform: WeighedPlatform | UnbuiltPlatform,
  { image: { platforms }, run }: { readonly image: ImageReport; readonly run: Run },
  screen: Screen,
): string[][] {
  const lead = platforms.length > 1 ? [platformTitle(platform, screen), ...platformLead(platform, run, screen)] : [];
  if (!isWeighed(platform)) return [lead, failureLines(platform.build.failure, screen)];
  return [
    lead,
    budgetLines(platform.checks, screen),
    layersLines(platform, screen),
    wasteLines(platform, screen, maxWaste),
    changesLines(platform, screen),
  ];
}

function platformTitle(platform: WeighedPlatform | UnbuiltPlatform, { paint }: Screen): string {
  const name = paint('bold', escapeTerminal(platform.platform));
  return isWeighed(platform) ? `${name}  ${sizePhrase(platform)}` : name;
}
