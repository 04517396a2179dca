import { inline } from './inline.ts';

/** Why we could not judge, and what to do about it. */
export function errorBlock({ message, hint }: { readonly message: string; readonly hint?: string }): string {
  const cause = `**Could not judge:** ${inline(message)}`;
  return hint === undefined ? cause : `${cause}\n\n**What to do:** ${inline(hint)}`;
}
