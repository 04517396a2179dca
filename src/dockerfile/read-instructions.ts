import { directiveReader } from './directives.ts';
import { trimSpace, trimStartSpace } from './go-space.ts';
import { type Heredoc, heredocsOf } from './heredocs.ts';
import { parseJsonWords } from './json-words.ts';
import { splitInstruction } from './split-instruction.ts';
import type { LineRange, Refusal } from './stage-graph.ts';

/** One instruction before its meaning is looked at. */
export type ParsedInstruction = {
  readonly keyword: string;
  readonly flags: readonly string[];
  readonly rest: string;
  /** For people: continuation lines trimmed and joined by one space, the first line only of a heredoc. */
  readonly text: string;
  readonly lines: LineRange;
  readonly heredocs: readonly Heredoc[];
};

export type ParsedFile =
  | { readonly kind: 'parsed'; readonly escapeToken: string; readonly instructions: readonly ParsedInstruction[] }
  | { readonly kind: 'refused'; readonly refusal: Refusal };

/**
 * Cuts a Dockerfile into instructions as BuildKit's parser does. dockerfile-ast is not used here: it takes `\\` at a
 * line's end for a continuation and `\<<EOF` for a heredoc, and misses `<< EOF`, `3<<EOF` and `<<"E F"`.
 */
export function readInstructions(text: string, options: { readonly heredocs: boolean }): ParsedFile {
  const lines = splitLines(text);
  const tooLong = lines.findIndex((line) => line.length > MAX_LINE / 3 && Buffer.byteLength(line) > MAX_LINE);
  if (tooLong >= 0)
    return refused(tooLong + 1, `is longer than ${MAX_LINE} bytes, the most that BuildKit reads`, 'Break the line up.');
  return new Reader(lines, options.heredocs).read();
}

const MAX_LINE = 65_535;

/** The lines as BuildKit counts them: without a byte order mark, and none for the line break at the very end. */
export function splitLines(text: string): readonly string[] {
  const lines = text.replace(/^\ufeff/, '').split('\n');
  if (lines.at(-1) === '') lines.pop();
  return lines;
}

function refused(line: number, what: string, remedy: string): ParsedFile {
  return { kind: 'refused', refusal: { line, message: `Line ${line} ${what}.`, remedy } };
}

class Reader {
  private readonly lines: readonly string[];
  private readonly heredocs: boolean;
  private readonly readDirective = directiveReader();
  private readonly instructions: ParsedInstruction[] = [];
  private escapeToken = '\\';
  private at = 0;

  constructor(lines: readonly string[], heredocs: boolean) {
    this.lines = lines;
    this.heredocs = heredocs;
  }

  read(): ParsedFile {
    while (this.at < this.lines.length) {
      const start = this.at + 1;
      const joined = this.joinLines();
      if (joined.kind === 'refused') return joined;
      if (joined.pieces.length === 0) continue;
      const split = splitInstruction(joined.pieces.join(''), this.escapeToken);
      const heredocs = this.heredocs
        ? heredocsIn(split.keyword, split.rest, joined.pieces.join(''), this.escapeToken)
        : [];
      const open = heredocs.find((heredoc) => !this.skipHeredoc(heredoc));
      if (open !== undefined) {
        return refused(
          start,
          `opens the heredoc ${open.name}, which no later line closes`,
          `Add a line with ${open.name} alone.`,
        );
      }
      const text = joined.pieces
        .map(trimSpace)
        .filter((piece) => piece !== '')
        .join(' ');
      this.instructions.push({ ...split, text, lines: { start, end: this.at }, heredocs });
    }
    return { kind: 'parsed', escapeToken: this.escapeToken, instructions: this.instructions };
  }

  /** The lines of the instruction that starts here, comments and empty lines between them left out; none for an empty line or a comment. */
  private joinLines():
    | { readonly kind: 'joined'; readonly pieces: readonly string[] }
    | (ParsedFile & { kind: 'refused' }) {
    const pieces: string[] = [];
    for (let first = true, more = true; more && this.at < this.lines.length; first = false) {
      const bare = (this.lines[this.at] ?? '').replace(/\r+$/, '');
      const line = first ? trimStartSpace(bare) : bare;
      this.at++;
      const refusal = this.takeDirective(line);
      if (refusal !== undefined) return refusal;
      const isComment = trimStartSpace(line).startsWith('#');
      if (first && (isComment || line === '')) break;
      if (isComment || trimStartSpace(line) === '') continue;
      const continued = withoutContinuation(line, this.escapeToken);
      pieces.push(continued ?? line);
      more = continued !== undefined;
    }
    return { kind: 'joined', pieces };
  }

  private takeDirective(line: string): (ParsedFile & { kind: 'refused' }) | undefined {
    const directive = this.readDirective(line);
    if (directive === undefined) return undefined;
    const where = { line: this.at };
    if (directive === 'repeated') {
      const message = `Line ${this.at} repeats a parser directive, which BuildKit allows once.`;
      return { kind: 'refused', refusal: { ...where, message, remedy: 'Remove one of the two.' } };
    }
    if (directive.name !== 'escape') return undefined;
    if (directive.value !== '\\' && directive.value !== '`') {
      const message = `Line ${this.at} sets the escape character to '${directive.value}'; only \\ and \` can be one.`;
      return { kind: 'refused', refusal: { ...where, message, remedy: '# escape=\\' } };
    }
    this.escapeToken = directive.value;
    return undefined;
  }

  /** Moves past the heredoc's body; false when the file ends first. */
  private skipHeredoc(heredoc: Heredoc): boolean {
    while (this.at < this.lines.length) {
      const line = (this.lines[this.at++] ?? '').replace(/\r+$/, '');
      if ((heredoc.chomp ? line.replace(/^\t+/, '') : line) === heredoc.name) return true;
    }
    return false;
  }
}

/** The line without the escape character that continues it; undefined when it ends the instruction. A doubled one does not continue. */
function withoutContinuation(line: string, escapeToken: string): string | undefined {
  let end = line.length;
  while (end > 0 && ' \t'.includes(line.charAt(end - 1))) end--;
  if (line.charAt(end - 1) !== escapeToken || line.charAt(end - 2) === escapeToken) return undefined;
  return line.slice(0, end - 1);
}

const WITH_HEREDOCS = new Set(['run', 'copy', 'add']);

function heredocsIn(keyword: string, rest: string, line: string, escapeToken: string): readonly Heredoc[] {
  if (keyword.toLowerCase() === 'onbuild') {
    const trigger = splitInstruction(rest, escapeToken);
    return trigger.keyword.toLowerCase() === 'onbuild'
      ? []
      : heredocsIn(trigger.keyword, trigger.rest, line, escapeToken);
  }
  if (!WITH_HEREDOCS.has(keyword.toLowerCase()) || parseJsonWords(rest).kind === 'words') return [];
  return heredocsOf(line);
}
