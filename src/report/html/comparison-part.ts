import { formatBytes } from '../format-bytes.ts';
import type { ImageReport, Report, WeighedPlatform } from '../report.ts';
import { comparisonPhrase } from '../view/comparison-phrase.ts';
import { isJudged } from '../view/is-judged.ts';
import { missingNumbers } from '../view/missing-numbers.ts';
import { ownTitle } from '../view/own-word.ts';
import { sizeChanges } from '../view/size-changes.ts';
import { sizePhrase } from '../view/size-phrase.ts';
import { comparedSplit } from '../view/split-phrase.ts';
import { verdictWord } from '../view/verdict.ts';
import { changesPart } from './changes-part.ts';
import { type Html, html, type Part } from './html.ts';
import { notesPart } from './inspection-part.ts';
import { leadPart } from './lead-part.ts';
import { packagesPart } from './packages-part.ts';
import { pathsPart } from './paths-part.ts';
import { phrase } from './phrase.ts';
import { checksPart, findingsPart } from './policy-part.ts';
import { section } from './section.ts';
import { table } from './table.ts';

/** How the comparison is told: `paths` is how many changed paths are shown. */
type Options = { readonly run: Report['run']; readonly paths: number | undefined };

/** Two images that were compared: what changed, and nothing else. There is a verdict where growth has a limit. */
export function comparisonPart(image: ImageReport, platform: WeighedPlatform, { run, paths }: Options): Html {
  const { verdict, name } = image;
  const word = isJudged(image) ? html`<span class="${verdict}">${verdictWord[verdict]}</span> ` : undefined;
  const missing = missingNumbers(platform).map((note) => html`<p>Note: ${note}</p>\n`);
  return html`<h1>${word}<code>${name}</code> <small>${platform.platform} · ${sizePhrase(platform)}</small></h1>
${leadPart(platform, image)}<p>${phrase(comparisonPhrase(platform, run.startedAt))}</p>
${missing}${findingsPart(image)}${checksPart(image)}${sizesPart(platform)}<p>${phrase(comparedSplit(platform))}</p>
${pathsPart(platform, paths)}${packagesPart(platform)}${changesPart(platform)}${notesPart(image)}`;
}

/** The four sizes before and after; the parts of base image and own layers add up to the change. */
function sizesPart(platform: WeighedPlatform): Html {
  const numbers = ['Before', 'After', 'Change', 'Base image', ownTitle(platform)];
  const columns = [{ title: 'Size' }, ...numbers.map((title) => ({ title, align: 'right' as const }))];
  const rows = sizeChanges(platform).map(({ name, before, after, change, base, own }): Part[] => [
    name,
    plain(before),
    plain(after),
    signed(change),
    signed(base),
    signed(own),
  ]);
  return section('Sizes', '', table(columns, rows));
}

function plain(bytes: number | null): string {
  return bytes === null ? 'unknown' : formatBytes(bytes);
}

function signed(bytes: number | null): string {
  return bytes === null ? '–' : formatBytes(bytes, { sign: true });
}
