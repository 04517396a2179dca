import type { ImageReport, WeighedPlatform } from '../report.ts';
import { missingNumbers } from '../view/missing-numbers.ts';
import { listNotes } from '../view/notes.ts';
import { runPhrase } from '../view/run-phrase.ts';
import { sizePhrase } from '../view/size-phrase.ts';
import { splitPhrase } from '../view/split-phrase.ts';
import { contentsPart, leftoversPart } from './contents-part.ts';
import { filesPart, largestPart } from './files-part.ts';
import { type Html, html } from './html.ts';
import { layersPart } from './layers-part.ts';
import { originsPart } from './origins-part.ts';
import { phrase } from './phrase.ts';
import { list, section } from './section.ts';
import { wastePart } from './waste-part.ts';

/** An image that was opened and weighed: nobody built or judged it, so there is no verdict. */
export function inspectionPart(image: ImageReport, platform: WeighedPlatform): Html {
  const { digest, configDigest } = platform;
  const missing = missingNumbers(platform).map((note) => html`<p>Note: ${note}</p>\n`);
  return html`<h1><code>${image.name}</code> <small>${platform.platform} · ${sizePhrase(platform)}</small></h1>
<p>${phrase(runPhrase(platform))}</p>
<p>${digest === null ? 'Image ID' : 'Digest'} <code>${digest ?? configDigest}</code></p>
${missing}${originsPart(platform)}<p>${phrase(splitPhrase(platform))}</p>
${layersPart(platform)}${wastePart(platform)}${contentsPart(platform)}${leftoversPart(platform)}${largestPart(platform)}${filesPart(platform)}${notesPart(image)}`;
}

/** What was odd but is no finding. */
export function notesPart(image: ImageReport): Html | undefined {
  const notes = listNotes(image).slice(0, 20);
  return notes.length === 0 ? undefined : section('Notes', '', list(notes.map(phrase)));
}
