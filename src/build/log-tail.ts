import { StringDecoder } from 'node:string_decoder';
import type { Redact } from './redact.ts';

/** The end of a step's output: redacted lines, oldest first, the unfinished one last. */
export type LogTail = { readonly write: (data: Buffer) => void; readonly lines: () => readonly string[] };

const MAX_LINES = 100;
const MAX_LINE = 2000;

/** Keeps the last hundred lines. Colours are dropped; of a line that overwrites itself (`\r`) the last state stays. */
export function createLogTail(redact: Redact): LogTail {
  const decoder = new StringDecoder('utf8');
  let lines: string[] = [];
  let unfinished = '';
  return {
    write: (data) => {
      const pieces = (unfinished + decoder.write(data)).split('\n');
      unfinished = (pieces.pop() ?? '').slice(-KEPT_RAW);
      if (pieces.length === 0) return;
      lines = [...lines, ...pieces.slice(-MAX_LINES).map((piece) => cleanLine(piece, redact))].slice(-MAX_LINES);
    },
    lines: () => (unfinished === '' ? lines : [...lines, cleanLine(unfinished, redact)].slice(-MAX_LINES)),
  };
}

/** Of a line without an end; more than is shown, so that carriage returns and colours can still go. */
const KEPT_RAW = 64 * 1024;

function cleanLine(line: string, redact: Redact): string {
  const shown = line.replace(/\r+$/, '').split('\r').at(-1) ?? '';
  const text = redact(shown.replace(/\u001b\[[0-9;:]*[mK]/g, ''));
  return text.length > MAX_LINE ? `${text.slice(0, MAX_LINE)}…` : text;
}
