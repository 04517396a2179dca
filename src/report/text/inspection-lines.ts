import { escapeTerminal } from '../../escape.ts';
import { formatBytes } from '../format-bytes.ts';
import type { ImageReport, WeighedPlatform } from '../report.ts';
import { missingNumbers } from '../view/missing-numbers.ts';
import { runPhrase } from '../view/run-phrase.ts';
import { shorten } from '../view/shorten.ts';
import { sizePhrase } from '../view/size-phrase.ts';
import { splitPhrase } from '../view/split-phrase.ts';
import { contentsLines, leftoversLines } from './contents-lines.ts';
import { filesLines, largestLines } from './files-lines.ts';
import { layerTableLines } from './layer-table-lines.ts';
import { notesLines } from './notes-lines.ts';
import { originLines } from './origin-lines.ts';
import { paragraph } from './paragraph.ts';
import type { Screen } from './screen.ts';
import { wasteLines } from './waste-lines.ts';

/** An image that was opened and weighed, block by block: nobody built or judged it, so there is no verdict. */
export function inspectionLines(image: ImageReport, platform: WeighedPlatform, screen: Screen): string[][] {
  return [
    [headline(image, platform, screen), ...leadLines(platform, screen)],
    [...originLines(platform, screen), ...paragraph(splitPhrase(platform), screen)],
    layerTableLines(platform, screen),
    wasteLines(platform, screen, platform.waste.length),
    contentsLines(platform, screen),
    leftoversLines(platform, screen),
    largestLines(platform, screen),
    filesLines(platform, screen),
    notesLines(image, screen),
  ];
}

function headline({ name }: ImageReport, platform: WeighedPlatform, { paint }: Screen): string {
  const [what, where] = [shorten(name, 200), shorten(platform.platform, 80)].map(escapeTerminal);
  const parts = [paint('bold', what ?? ''), paint('dim', where ?? ''), sizePhrase(platform)];
  return parts.filter((part) => part !== '').join('  ');
}

function leadLines(platform: WeighedPlatform, screen: Screen): string[] {
  const { digest, configDigest, size, created } = platform;
  const visible = `${formatBytes(size.visibleBytes)} of them visible, ${formatBytes(size.wastedBytes)} wasted`;
  const identity = digest === null ? `Image ID ${configDigest}` : `Digest ${digest}`;
  const notes = missingNumbers(platform).flatMap((note) => paragraph(note, screen, { mark: 'Note: ' }));
  return [
    ...paragraph(visible, screen),
    ...paragraph(runPhrase(platform), screen),
    ...paragraph(created === undefined ? identity : `${identity}, made ${created.slice(0, 10)}`, screen),
    ...notes,
  ];
}
