import type { ImageReport } from '../report.ts';
import { count } from '../view/count.ts';
import { listNotes } from '../view/notes.ts';
import { inline } from './inline.ts';
import { section } from './section.ts';

const maxNotes = 20;

/** What was odd but is no finding. */
export function notesSection(image: ImageReport): string {
  const notes = listNotes(image);
  if (notes.length === 0) return '';
  const items = notes.slice(0, maxNotes).map((note) => `- ${inline(note)}`);
  if (notes.length > maxNotes) items.push(`- … and ${notes.length - maxNotes} more`);
  return section('Notes', count(notes.length, 'note'), items.join('\n'));
}
