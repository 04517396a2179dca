import { escapeMarkdownCode } from '../../escape.ts';
import type { ImageReport, WeighedPlatform } from '../report.ts';
import { type LeadPlace, leadChange } from '../view/lead-change.ts';
import { fileLink, type Links } from './links.ts';

/** By how much the image grew, and the one line that did most. Empty where nothing changed: the comparison says so. */
export function leadLine(platform: WeighedPlatform, image: ImageReport, links: Links | undefined): string {
  const lead = leadChange(platform, image);
  if (lead === undefined) return '';
  const { total, link, place, instruction, after } = lead;
  const maker = [
    place === undefined ? '' : placeLink(place, links),
    instruction === undefined ? '' : escapeMarkdownCode(instruction),
  ];
  return `**${total}**${link}${maker.filter((part) => part !== '').join(' ')}${after}`;
}

function placeLink(place: LeadPlace, links: Links | undefined): string {
  return 'file' in place ? fileLink(links, place.file, place.line) : place.name;
}
