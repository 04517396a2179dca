import type { ImageReport } from '../report.ts';
import { listNotes } from '../view/notes.ts';
import { paragraph } from './paragraph.ts';
import type { Screen } from './screen.ts';

/** What was odd but is no finding. */
export function notesLines(image: ImageReport, screen: Screen): string[] {
  const notes = listNotes(image);
  if (notes.length === 0) return [];
  return [
    screen.paint('bold', 'Notes'),
    ...notes.slice(0, 20).flatMap((note) => paragraph(note, screen, { mark: '- ' })),
  ];
}
