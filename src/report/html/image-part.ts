import type { Failure, ImageReport, Report, UnbuiltPlatform, WeighedPlatform } from '../report.ts';
import { comparisonPhrase } from '../view/comparison-phrase.ts';
import { describeImage } from '../view/describe-image.ts';
import { failurePhrase } from '../view/failure-phrase.ts';
import { isWeighed } from '../view/is-weighed.ts';
import { logTail } from '../view/log-tail.ts';
import { missingNumbers } from '../view/missing-numbers.ts';
import { sizePhrase } from '../view/size-phrase.ts';
import { testPhrase } from '../view/test-phrase.ts';
import { verdictWord } from '../view/verdict.ts';
import { changesPart } from './changes-part.ts';
import { contentsPart, leftoversPart } from './contents-part.ts';
import { type Html, html, type Part } from './html.ts';
import { notesPart } from './inspection-part.ts';
import { layersPart } from './layers-part.ts';
import { leadPart } from './lead-part.ts';
import { originsPart } from './origins-part.ts';
import { packagesPart } from './packages-part.ts';
import { pathsPart } from './paths-part.ts';
import { phrase } from './phrase.ts';
import { checksPart, findingsPart } from './policy-part.ts';
import { wastePart } from './waste-part.ts';

/** Everything about one image that was built and judged: the verdict and its reasons first. */
export function imagePart(image: ImageReport, run: Report['run']): Html {
  const { verdict, name, error, test } = image;
  return html`<h1><span class="${verdict}">${verdictWord[verdict]}</span> <code>${name}</code> <small>${describeImage(image)}</small></h1>
${error && html`<p><strong>Could not judge:</strong> ${phrase(error.message)}</p>\n`}${
  error && hintPart(error)
}${image.platforms.map((platform) => leadOf(platform, image, run))}${
  test && html`<p>${phrase(testPhrase(test))}</p>\n`
}${test?.failures.map(logPart)}${findingsPart(image)}${checksPart(image)}${image.platforms
  .filter(isWeighed)
  .map(partsOf)}${notesPart(image)}`;
}

function hintPart({ hint }: { readonly hint?: string | undefined }): Part {
  return hint === undefined ? undefined : html`<p><strong>What to do:</strong> ${phrase(hint)}</p>\n`;
}

function leadOf(platform: WeighedPlatform | UnbuiltPlatform, image: ImageReport, run: Report['run']): Part {
  if (!isWeighed(platform)) {
    const { failure } = platform.build;
    const title = html`<p>The image for <code>${platform.platform}</code> was not built: ${phrase(failurePhrase(failure))}.</p>\n`;
    return [title, hintPart(failure), logPart(failure)];
  }
  const sizes =
    image.platforms.length > 1
      ? html`<p><strong>${platform.platform}</strong> ${sizePhrase(platform)}</p>\n`
      : undefined;
  const notes = missingNumbers(platform).map((note) => html`<p>Note: ${note}</p>\n`);
  return [sizes, leadPart(platform, image), html`<p>${phrase(comparisonPhrase(platform, run.startedAt))}</p>\n`, notes];
}

function logPart(failure: Failure): Part {
  const log = logTail(failure.log);
  return log.length === 0 ? undefined : html`<pre>${log.map((line) => html`${line}\n`)}</pre>\n`;
}

function partsOf(platform: WeighedPlatform): Part {
  return [
    pathsPart(platform),
    packagesPart(platform),
    changesPart(platform),
    originsPart(platform),
    layersPart(platform),
    wastePart(platform),
    contentsPart(platform),
    leftoversPart(platform),
  ];
}
