import { escapeTerminal } from '../../escape.ts';
import { formatBytes } from '../format-bytes.ts';
import type { ImageReport, Report, WeighedPlatform } from '../report.ts';
import { comparisonPhrase } from '../view/comparison-phrase.ts';
import { isJudged } from '../view/is-judged.ts';
import { missingNumbers } from '../view/missing-numbers.ts';
import { ownWord } from '../view/own-word.ts';
import { shorten } from '../view/shorten.ts';
import { sizeChanges } from '../view/size-changes.ts';
import { sizePhrase } from '../view/size-phrase.ts';
import { comparedSplit } from '../view/split-phrase.ts';
import { budgetLines } from './budget-lines.ts';
import { changesLines } from './changes-lines.ts';
import { alignColumns, type Cell } from './columns.ts';
import { leadLines } from './lead-lines.ts';
import { notesLines } from './notes-lines.ts';
import { packagesLines } from './packages-lines.ts';
import { paragraph } from './paragraph.ts';
import { pathsLines } from './paths-lines.ts';
import { policyLines } from './policy-lines.ts';
import type { Screen } from './screen.ts';
import { verdictBadge } from './verdict-badge.ts';

/** Two images that were compared, block by block. There is a verdict where growth has a limit. */
export function comparisonLines(
  image: ImageReport,
  platform: WeighedPlatform,
  { run, screen }: { readonly run: Report['run']; readonly screen: Screen },
): string[][] {
  const missing = missingNumbers(platform).flatMap((note) => paragraph(note, screen, { mark: 'Note: ' }));
  return [
    [
      comparisonHeadline(image, platform, screen),
      ...leadLines(platform, image, screen),
      ...paragraph(comparisonPhrase(platform, run.startedAt), screen),
      ...missing,
    ],
    budgetLines(platform.checks, screen),
    [...sizesLines(platform, screen), ...paragraph(comparedSplit(platform), screen)],
    pathsLines(platform, screen),
    packagesLines(platform, screen),
    changesLines(platform, screen),
    isJudged(image) ? policyLines(image, screen) : [],
    notesLines(image, screen),
  ];
}

/** The same for the end of long output. */
export function comparisonHeadline(image: ImageReport, platform: WeighedPlatform, { paint }: Screen): string {
  const [what, where] = [shorten(image.name, 200), shorten(platform.platform, 80)].map(escapeTerminal);
  const verdict = isJudged(image) ? verdictBadge(image.verdict, paint) : '';
  const parts = [verdict, paint('bold', what ?? ''), paint('dim', where ?? ''), sizePhrase(platform)];
  return parts.filter((part) => part !== '').join('  ');
}

const numbers = ['BEFORE', 'AFTER', 'CHANGE', 'BASE IMAGE'];
const narrow = 76;

/** The four sizes before and after; the parts of base image and own layers add up to the change. */
function sizesLines(platform: WeighedPlatform, { paint, width }: Screen): string[] {
  // The name stands last, since the last column is the one that may be cut.
  const titles = [...numbers, ownWord(platform).toUpperCase()];
  const columns = [...titles.map((title) => ({ title, align: 'right' as const })), { title: 'SIZE' }];
  const rows = sizeChanges(platform).map(({ name, before, after, change, base, own }): Cell[] => [
    { text: plain(before), style: 'dim' },
    { text: plain(after) },
    { text: signed(change), ...(change !== null && change > 0 ? { style: 'near' as const } : {}) },
    { text: signed(base) },
    { text: signed(own) },
    { text: name },
  ]);
  const isWide = width >= narrow;
  const shown = <One>(cells: readonly One[]): One[] => cells.filter((_, at) => isWide || at !== 0);
  return [paint('bold', 'Sizes'), ...alignColumns(shown(columns), rows.map(shown), { paint, width })];
}

function plain(bytes: number | null): string {
  return bytes === null ? 'unknown' : formatBytes(bytes);
}

function signed(bytes: number | null): string {
  return bytes === null ? '–' : formatBytes(bytes, { sign: true });
}
