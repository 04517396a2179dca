import { paragraph } from './paragraph.ts';
import type { Screen } from './screen.ts';

/** Why we could not judge, and what to do about it. */
export function errorLines(error: { readonly message: string; readonly hint?: string }, screen: Screen): string[] {
  const hint = error.hint === undefined ? [] : paragraph(error.hint, screen, { mark: 'What to do: ' });
  return [...paragraph(error.message, screen, { mark: 'Could not judge: ' }), ...hint];
}
