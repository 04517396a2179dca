import type { ImageReport, WeighedPlatform } from '../report.ts';
import { leadChange, placeName } from '../view/lead-change.ts';
import { paragraph } from './paragraph.ts';
import type { Screen } from './screen.ts';

/** By how much the image grew, and the one line that did most. Empty where nothing changed. */
export function leadLines(platform: WeighedPlatform, image: ImageReport, screen: Screen): string[] {
  const lead = leadChange(platform, image);
  if (lead === undefined) return [];
  const { total, link, place, instruction, after } = lead;
  const maker = [
    place === undefined ? '' : 'file' in place ? `\`${placeName(place).replaceAll('`', "'")}\`` : placeName(place),
    instruction === undefined ? '' : `\`${instruction}\``,
  ];
  const phrase = `${link}${maker.filter((part) => part !== '').join(' ')}${after}`;
  return paragraph(phrase, screen, { mark: total, markStyle: 'bold' });
}
