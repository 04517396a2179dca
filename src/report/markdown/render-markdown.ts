import { escapeHtml } from '../../escape.ts';
import type { ImageReport, Report } from '../report.ts';
import { describeImage } from '../view/describe-image.ts';
import { errorBlock } from './error-block.ts';
import { footer } from './footer.ts';
import { imageHeadline, runHeadline } from './headline.ts';
import { imageBody } from './image-body.ts';
import { imagesTable } from './images-table.ts';
import type { Links } from './links.ts';
import { section } from './section.ts';
import { verdictMark } from './verdict-mark.ts';

/** The report as the Markdown of a pull-request comment: the answer first, everything else collapsed. */
export function renderMarkdown(report: Report, options: { readonly links?: Links } = {}): string {
  const only = report.images.length === 1 && report.error === undefined ? report.images[0] : undefined;
  const blocks =
    only === undefined
      ? severalImages(report, options.links)
      : [`### ${imageHeadline(only)}`, ...imageBody(only, options.links)];
  return `${[...blocks, footer(report)].join('\n\n')}\n`;
}

function severalImages(report: Report, links: Links | undefined): string[] {
  const blocks = [`### ${runHeadline(report)}`];
  if (report.error !== undefined) blocks.push(errorBlock(report.error));
  if (report.images.length > 0) blocks.push(imagesTable(report.images));
  return [...blocks, ...report.images.flatMap((image) => oneOfSeveral(image, links))];
}

/** What passed needs no eyes among several, so it is collapsed as a whole. */
function oneOfSeveral(image: ImageReport, links: Links | undefined): string[] {
  const body = imageBody(image, links);
  if (image.verdict !== 'pass') return [`#### ${imageHeadline(image)}`, ...body];
  const name = escapeHtml(/^[\w.-]{1,64}$/.test(image.name) ? image.name : 'one more image');
  return [section(`${verdictMark(image.verdict)} · ${name}`, describeImage(image), body.join('\n\n'))];
}
