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
import { leadLines } from './lead-lines.ts';
import { notesLines } from './notes-lines.ts';
import { packagesLines } from './packages-lines.ts';
import { paragraph } from './paragraph.ts';
import { pathsLines } from './paths-lines.ts';
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
    imageLead(image, run, screen),
    ...image.platforms.flatMap((platform) => platformLines(platform, { image, run }, screen)),
    ...(image.test?.failures ?? []).map((failure) => failureLines(failure, screen)),
    policyLines(image, screen),
    notesLines(image, screen),
  ];
}

function imageLead(image: ImageReport, run: Run, screen: Screen): string[] {
  const { error, platforms, test } = image;
  const [only, ...others] = platforms;
  return [
    ...(error === undefined ? [] : errorLines(error, screen)),
    ...(only === undefined || others.length > 0 ? [] : platformLead(only, { image, run }, screen)),
    ...(test === undefined ? [] : paragraph(testPhrase(test), screen)),
  ];
}

type Of = { readonly image: ImageReport; readonly run: Run };

function platformLead(platform: WeighedPlatform | UnbuiltPlatform, { image, run }: Of, screen: Screen): string[] {
  if (!isWeighed(platform)) {
    const mark = `The image for ${platform.platform} was not built: `;
    const { failure } = platform.build;
    const hint = failure.hint === undefined ? [] : paragraph(failure.hint, screen, { mark: 'What to do: ' });
    return [...paragraph(`${failurePhrase(failure)}.`, screen, { mark }), ...hint];
  }
  const notes = missingNumbers(platform).flatMap((note) => paragraph(note, screen, { mark: 'Note: ' }));
  const comparison = paragraph(comparisonPhrase(platform, run.startedAt), screen);
  return [...leadLines(platform, image, screen), ...comparison, ...notes, ...stepsLine(platform)];
}

function platformLines(platform: WeighedPlatform | UnbuiltPlatform, of: Of, screen: Screen): string[][] {
  const isOneOfSeveral = of.image.platforms.length > 1;
  const lead = isOneOfSeveral ? [platformTitle(platform, screen), ...platformLead(platform, of, screen)] : [];
  if (!isWeighed(platform)) return [lead, failureLines(platform.build.failure, screen)];
  return [
    lead,
    budgetLines(platform.checks, screen),
    pathsLines(platform, screen),
    packagesLines(platform, screen),
    changesLines(platform, screen),
    layersLines(platform, screen),
    wasteLines(platform, screen, maxWaste),
  ];
}

function platformTitle(platform: WeighedPlatform | UnbuiltPlatform, { paint }: Screen): string {
  const name = paint('bold', escapeTerminal(platform.platform));
  return isWeighed(platform) ? `${name}  ${sizePhrase(platform)}` : name;
}
