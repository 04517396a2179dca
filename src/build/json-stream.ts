/** Called for each top-level object, and for each line of text that belongs to none, in stream order. */
export type JsonStreamHandlers = {
  readonly onValue: (value: unknown) => void;
  readonly onText: (line: string) => void;
};

export type JsonStream = { readonly write: (chunk: string) => void; readonly end: () => void };

/** Characters of one object, and of one line of text, that are kept at most; what exceeds it is text, cut off. */
const MAX_VALUE = 16 * 1024 * 1024;
const MAX_LINE = 16 * 1024;

/**
 * Splits concatenated JSON objects, on one line or indented over many, from the text around them.
 * An object begins at the start of a line or right behind another one. Never throws; holds one unfinished object at most.
 */
export function splitJsonStream({ onValue, onText }: JsonStreamHandlers): JsonStream {
  let parts: string[] = [];
  let length = 0;
  let mode: 'line-start' | 'text' | 'object' = 'line-start';
  let depth = 0;
  let inString = false;
  let escaped = false;
  let atLineStart = true;

  const keep = (piece: string): void => {
    const room = (mode === 'object' ? MAX_VALUE : MAX_LINE) - length;
    if (room > 0) parts.push(piece.slice(0, room));
    length += piece.length;
  };
  const take = (): string => {
    const text = parts.join('');
    parts = [];
    length = 0;
    return text;
  };
  const endText = (): void => {
    const text = take();
    mode = 'line-start';
    for (const line of text.split('\n')) if (line.trim() !== '') onText(line.replace(/\r$/, '').slice(0, MAX_LINE));
  };
  const endObject = (): void => {
    const value = parseObject(parts.join(''));
    if (value === undefined) {
      endText();
      return;
    }
    take();
    mode = 'line-start';
    onValue(value);
  };
  const beginObject = (): void => {
    mode = 'object';
    depth = 0;
    inString = false;
    escaped = false;
  };

  /** Reads on from `start` in the present mode; gives where that mode ended, or the chunk's end. */
  const readText = (chunk: string, start: number): number => {
    const newline = chunk.indexOf('\n', start);
    keep(chunk.slice(start, newline === -1 ? chunk.length : newline));
    if (newline === -1) return chunk.length;
    endText();
    return newline + 1;
  };
  const readObject = (chunk: string, start: number): number => {
    for (let at = start; at < chunk.length; at += 1) {
      const code = chunk.charCodeAt(at);
      if (code === NEWLINE) {
        // No JSON string holds a raw line break, so this never was an object.
        if (inString) {
          keep(chunk.slice(start, at));
          endText();
          return at + 1;
        }
        atLineStart = true;
        continue;
      }
      // Indented JSON opens no line with `{` but its first: a new object begins, the one before is broken.
      if (atLineStart && code === OPEN && depth > 0) {
        keep(chunk.slice(start, at));
        endText();
        return at;
      }
      atLineStart = false;
      if (inString) {
        if (escaped) escaped = false;
        else if (code === BACKSLASH) escaped = true;
        else if (code === QUOTE) inString = false;
      } else if (code === QUOTE) inString = true;
      else if (code === OPEN) depth += 1;
      else if (code === CLOSE) {
        depth -= 1;
        if (depth > 0) continue;
        keep(chunk.slice(start, at + 1));
        endObject();
        return at + 1;
      }
    }
    keep(chunk.slice(start));
    if (length > MAX_VALUE) {
      mode = 'text';
      parts = [parts.join('').slice(0, MAX_LINE)];
    }
    return chunk.length;
  };

  return {
    write: (chunk) => {
      let at = 0;
      while (at < chunk.length) {
        if (mode === 'line-start') {
          const code = chunk.charCodeAt(at);
          if (code === NEWLINE || code === CARRIAGE_RETURN) {
            at += 1;
            continue;
          }
          atLineStart = false;
          if (code === OPEN) beginObject();
          else mode = 'text';
        }
        at = mode === 'object' ? readObject(chunk, at) : readText(chunk, at);
      }
    },
    end: endText,
  };
}

const NEWLINE = 10;
const CARRIAGE_RETURN = 13;
const QUOTE = 34;
const BACKSLASH = 92;
const OPEN = 123;
const CLOSE = 125;

function parseObject(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
