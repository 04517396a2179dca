import { escapeMarkdown, escapeMarkdownCode } from '../../escape.ts';
import type { ImageReport, WeighedPlatform } from '../report.ts';
import { contentsFacts } from '../view/contents-facts.ts';
import { cellLength, shorten } from '../view/shorten.ts';
import { platformSuffix, section } from './section.ts';

const maxNotes = 10;

/** What is in the image in a few lines, and what could not be read of it. Empty for a report that does not say. */
export function contentsSection(platform: WeighedPlatform, image: ImageReport): string {
  const [first, ...others] = contentsFacts(platform);
  if (first === undefined) return '';
  const facts = others.map(({ label, summary, paths }) => {
    const shown = paths.map((path) => escapeMarkdownCode(shorten(path, cellLength)));
    return `- ${label}: ${[escapeMarkdown(summary), shown.join(', ')].join(' ').trim()}`;
  });
  const notes = (platform.contents?.notes ?? [])
    .slice(0, maxNotes)
    .map((note) => `- Not read: ${escapeMarkdown(shorten(note, noteLength))}`);
  const body = [`- ${first.label}: ${escapeMarkdown(first.summary)}`, ...facts, ...notes].join('\n');
  return section(`Contents${platformSuffix(platform, image)}`, escapeMarkdown(first.summary), body);
}

const noteLength = 300;
