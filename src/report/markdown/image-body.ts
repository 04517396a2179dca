import type { ImageReport } from '../report.ts';
import { isWeighed } from '../view/is-weighed.ts';
import { isOurs } from '../view/leftover-rows.ts';
import { testPhrase } from '../view/test-phrase.ts';
import { changesSection } from './changes-section.ts';
import { errorBlock } from './error-block.ts';
import { failureLog } from './failure-log.ts';
import { inline } from './inline.ts';
import { layersSection } from './layers-section.ts';
import { leftoversSection } from './leftovers-section.ts';
import { notesSection } from './notes-section.ts';
import { packagesSection } from './packages-section.ts';
import type { Page, Part } from './page.ts';
import { pathsSection } from './paths-section.ts';
import { platformLead } from './platform-lead.ts';
import { policySection } from './policy-section.ts';
import { reasonsList } from './reasons-list.ts';
import { stagesSection } from './stages-section.ts';
import { stepsSection } from './steps-section.ts';
import { wasteSection } from './waste-section.ts';

/** Everything below an image's headline: what one must know at once, then the collapsed sections. */
export function imageBody(image: ImageReport, page: Page): string[] {
  const omit = omittedParts(image, page);
  return [...lead(image, page, omit), ...details(image, page, omit)].filter((block) => block !== '');
}

function omittedParts({ verdict }: ImageReport, { extent }: Page): readonly Part[] {
  if (verdict !== 'pass' || extent.omitOfPassed === 'everything') return extent.omit;
  return [...extent.omit, ...extent.omitOfPassed];
}

function lead(image: ImageReport, page: Page, omit: readonly Part[]): string[] {
  const { platforms } = page.extent;
  const left = image.platforms.length - platforms;
  return [
    image.error === undefined ? '' : errorBlock(image.error),
    ...image.platforms.slice(0, platforms).flatMap((platform) => platformLead(platform, image, { page, omit })),
    left > 0 && platforms > 0 ? `… and ${left} more platforms` : '',
    image.test === undefined ? '' : inline(testPhrase(image.test)),
    reasonsList(image, page, omit),
    ...failureLogs(image, page.extent.logLines),
  ];
}

function failureLogs(image: ImageReport, lines: number): string[] {
  const ofTests = image.test?.failures.map((failure) => failureLog('failing test step', failure, lines)) ?? [];
  const ofBuilds = image.platforms.flatMap(({ build }) =>
    build?.failure === undefined ? [] : [failureLog('failing build step', build.failure, lines)],
  );
  return [...ofTests, ...ofBuilds];
}

function details(image: ImageReport, page: Page, omit: readonly Part[]): string[] {
  const { links } = page;
  const unless = (part: Part, block: () => string): string => (omit.includes(part) ? '' : block());
  return [
    ...image.platforms
      .filter(isWeighed)
      .flatMap((platform) => [
        unless('paths', () => pathsSection(platform, image, { links, most: page.extent.paths })),
        unless('packages', () => packagesSection(platform, image)),
        unless('changes', () => changesSection(platform, image, links)),
        unless('layers', () => layersSection(platform, image, page)),
        unless('waste', () => wasteSection(platform, image, links)),
        unless('contents', () => leftoversSection(platform, image, { links, only: isOurs })),
      ]),
    unless('policy', () => policySection(image, page)),
    ...image.platforms.map((platform) => unless('steps', () => stepsSection(platform, image, links))),
    unless('stages', () => stagesSection(image)),
    unless('notes', () => notesSection(image)),
  ];
}
