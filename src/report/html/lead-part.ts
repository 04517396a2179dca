import type { ImageReport, WeighedPlatform } from '../report.ts';
import { leadChange, placeName } from '../view/lead-change.ts';
import { type Html, html } from './html.ts';

/** By how much the image grew, and the one line that did most. Nothing where nothing changed. */
export function leadPart(platform: WeighedPlatform, image: ImageReport): Html | undefined {
  const lead = leadChange(platform, image);
  if (lead === undefined) return undefined;
  const { total, link, place, instruction, after } = lead;
  const where = place && ('file' in place ? html`<code>${placeName(place)}</code> ` : html`${placeName(place)} `);
  const what = instruction === undefined ? undefined : html`<code>${instruction}</code>`;
  return html`<p><strong>${total}</strong>${link}${where}${what}${after}</p>\n`;
}
