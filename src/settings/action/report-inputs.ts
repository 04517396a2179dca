import { UserError } from '../../user-error.ts';
import { type BaselineWord, baselineWords } from '../baseline-choice.ts';
import { quote } from '../quote.ts';
import type { InputReader } from './input-reader.ts';

/** When the comment of a pull request is written. */
export type CommentMode = 'always' | 'changes' | 'off';

/** What to compare with: a word, or what readSettings takes for --baseline. */
export type BaselineInput = { readonly word: BaselineWord } | { readonly place: string };

/** `always` when not given. */
export function readCommentMode({ word }: InputReader): CommentMode {
  return word('comment', ['always', 'changes', 'off']) ?? 'always';
}

/** Tells the comments of one pull request apart; it goes into a hidden line of the comment. */
export function readCommentKey({ text }: InputReader): string | undefined {
  const written = text('comment-key');
  if (written === undefined || /^[A-Za-z0-9][A-Za-z0-9 ._/-]{0,63}$/.test(written)) return written;
  throw new UserError(`comment-key: ${quote(written)} cannot name a comment.`, {
    hint: 'Write at most 64 letters, digits, blanks, ".", "_", "/" and "-", such as services/api.',
  });
}

/** A word goes before a file of that name, which a pull request could bring along: that one is written `./none`. */
export function readBaseline({ text }: InputReader): BaselineInput {
  const written = text('baseline') ?? 'auto';
  const word = written === 'actions-cache' ? 'cache' : baselineWords.find((known) => known === written);
  return word === undefined ? { place: written } : { word };
}
