import { commentKey } from './comment-key.ts';

/** The run that wrote a comment and the commit that it judged. */
export type CommentState = { readonly run: { readonly id: number; readonly attempt: number }; readonly head: string };

/** A comment's text under the two hidden lines by which later runs know it. */
export function withHeader(key: string, { run, head }: CommentState, text: string): string {
  return `${markerLine(key)}\n<!-- stagegate:state run=${run.id}.${run.attempt} head=${head} -->\n\n${text}`;
}

/** What stands under the marker of this key at the very start of a comment; undefined for any other comment. */
export function readHeader(key: string, body: string): { state?: CommentState; text: string } | undefined {
  const [first, second = '', ...rest] = body.split(/\r?\n/);
  if (first !== markerLine(key)) return undefined;
  const state = readState(second);
  const text = state === undefined ? [second, ...rest] : rest;
  return { ...(state === undefined ? {} : { state }), text: text.join('\n') };
}

/** Whether two texts show the same: what an editor in a browser does to line ends and borders does not count. */
export function isSameText(one: string, other: string): boolean {
  return one.replaceAll('\r\n', '\n').trim() === other.replaceAll('\r\n', '\n').trim();
}

/** Whether `one` was started after `other`; a comment without a state is the oldest. */
export function isNewer(one: CommentState | undefined, other: CommentState | undefined): boolean {
  if (one === undefined || other === undefined) return one !== undefined;
  return one.run.id === other.run.id ? one.run.attempt > other.run.attempt : one.run.id > other.run.id;
}

function markerLine(key: string): string {
  return `<!-- stagegate:comment v1 key=${commentKey(key)} -->`;
}

function readState(line: string): CommentState | undefined {
  const found = /^<!-- stagegate:state run=(\d{1,15})\.(\d{1,9}) head=([0-9a-f]{7,64}) -->$/.exec(line);
  if (found === null) return undefined;
  const [, id, attempt, head = ''] = found;
  return { run: { id: Number(id), attempt: Number(attempt) }, head };
}
