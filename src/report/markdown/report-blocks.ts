import { escapeHtml } from '../../escape.ts';
import type { ImageReport, Report } from '../report.ts';
import { compared } from '../view/compared.ts';
import { describeImage } from '../view/describe-image.ts';
import { inspected } from '../view/inspected.ts';
import { keepMost } from '../view/keep-most.ts';
import { weighVerdict } from '../view/worst-first.ts';
import { comparisonBlocks } from './comparison-blocks.ts';
import { errorBlock } from './error-block.ts';
import { imageHeadline, runHeadline } from './headline.ts';
import { imageBody } from './image-body.ts';
import { imagesTable } from './images-table.ts';
import { inspectionBlocks } from './inspection-blocks.ts';
import { notices } from './notices.ts';
import type { Page } from './page.ts';
import { section } from './section.ts';
import { verdictMark } from './verdict-mark.ts';

/** The report as blocks of Markdown: headline, notices, then image by image. */
export function reportBlocks(report: Report, page: Page, lead: readonly string[]): string[] {
  const only = report.images.length === 1 && report.error === undefined ? report.images[0] : undefined;
  const unbuilt = only && unbuiltBlocks(only, page);
  if (unbuilt !== undefined) {
    const [title = '', ...blocks] = unbuilt;
    return [title, notices(lead, page.extent.notices), ...blocks].filter((block) => block !== '');
  }
  const headline = only === undefined ? runHeadline(report) : imageHeadline(only);
  const body = only === undefined ? severalImages(report, page) : imageBody(only, page);
  return [`### ${headline}`, notices(lead, page.extent.notices), ...body].filter((block) => block !== '');
}

/** An image that was opened, alone or with another one; undefined where something was built. */
function unbuiltBlocks(image: ImageReport, page: Page): string[] | undefined {
  const opened = inspected(image);
  if (opened !== undefined) return inspectionBlocks(image, opened, page);
  const both = compared(image);
  return both && comparisonBlocks(image, both, page);
}

function severalImages({ error, images }: Report, page: Page): string[] {
  const { kept } = keepMost(images, page.extent.images, weighVerdict);
  return [
    error === undefined ? '' : errorBlock(error),
    images.length === 0 ? '' : imagesTable(images, page.extent.platforms),
    ...kept.flatMap((image) => oneOfSeveral(image, page)),
  ];
}

/** What passed needs no eyes among several, so it is collapsed as a whole. */
function oneOfSeveral(image: ImageReport, page: Page): string[] {
  if (image.verdict !== 'pass') return [`#### ${imageHeadline(image)}`, ...imageBody(image, page)];
  if (page.extent.omitOfPassed === 'everything') return [];
  const name = escapeHtml(/^[\w.-]{1,64}$/.test(image.name) ? image.name : 'one more image');
  const body = imageBody(image, page).join('\n\n');
  return [section(`${verdictMark(image.verdict)} · ${name}`, describeImage(image), body)];
}
