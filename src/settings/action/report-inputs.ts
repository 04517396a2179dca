import { UserError } from '../../user-error.ts';
import { quote } from '../quote.ts';
import type { InputReader } from './input-reader.ts';

/** When the comment of a pull request is written. */
export type CommentMode = 'always' | 'changes' | 'off';

/** Where the image to compare with comes from. */
export type BaselineInput =
  | { readonly kind: 'actions-cache' }
  | { readonly kind: 'none' }
  | { readonly kind: 'file'; readonly path: string };

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

/** A file called `none` or `auto` is written `./none`. */
export function readBaseline({ text }: InputReader): BaselineInput {
  const written = text('baseline') ?? 'auto';
  if (written === 'auto' || written === 'actions-cache') return { kind: 'actions-cache' };
  return written === 'none' ? { kind: 'none' } : { kind: 'file', path: written };
}
