import type { ImageReport, WeighedPlatform } from '../report.ts';
import { isWeighed } from '../view/is-weighed.ts';
import { testPhrase } from '../view/test-phrase.ts';
import { changesSection } from './changes-section.ts';
import { errorBlock } from './error-block.ts';
import { failureLog } from './failure-log.ts';
import { inline } from './inline.ts';
import { layersSection } from './layers-section.ts';
import type { Links } from './links.ts';
import { notesSection } from './notes-section.ts';
import { platformLead } from './platform-lead.ts';
import { policySection } from './policy-section.ts';
import { reasonsList } from './reasons-list.ts';
import { stagesSection } from './stages-section.ts';
import { stepsSection } from './steps-section.ts';

/** Everything below an image's headline: what one must know at once, then the collapsed sections. */
export function imageBody(image: ImageReport, links: Links | undefined): string[] {
  return [...lead(image, links), ...details(image, links)].filter((block) => block !== '');
}

function lead(image: ImageReport, links: Links | undefined): string[] {
  return [
    image.error === undefined ? '' : errorBlock(image.error),
    ...image.platforms.flatMap((platform) => platformLead(platform, image)),
    image.test === undefined ? '' : inline(testPhrase(image.test)),
    reasonsList(image, links),
    ...failureLogs(image),
  ];
}

function failureLogs(image: ImageReport): string[] {
  const ofTests = image.test?.failures.map((failure) => failureLog('failing test step', failure)) ?? [];
  const ofBuilds = image.platforms.flatMap(({ build }) =>
    build?.failure === undefined ? [] : [failureLog('failing build step', build.failure)],
  );
  return [...ofTests, ...ofBuilds];
}

function details(image: ImageReport, links: Links | undefined): string[] {
  return [
    ...image.platforms.filter(isWeighed).flatMap((platform) => platformDetails(platform, image, links)),
    policySection(image, links),
    ...image.platforms.map((platform) => stepsSection(platform, image, links)),
    stagesSection(image),
    notesSection(image),
  ];
}

function platformDetails(platform: WeighedPlatform, image: ImageReport, links: Links | undefined): string[] {
  return [layersSection(platform, image, links), changesSection(platform, image, links)];
}
