const invisible =
  /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\u{115f}\u{1160}\u{3164}\u{ffa0}]|[\u{fe00}-\u{fe0e}]|[\u{e0100}-\u{e01ef}]/gu;
const zeroWidthSpace = '\u{200b}';

/** One line of plain text for Markdown: no emphasis, tag, link, image, mention, issue or commit reference, emoji code or formula. */
export function escapeMarkdown(text: string): string {
  const oneLine = showInvisible(text.replace(/\s+/g, ' ').trim());
  return escapeBlockStart(escapeInline(breakReferences(oneLine)));
}

/** An inline code span that ends where the text ends. Not for table cells: see `escapeMarkdownCodeInTable`. */
export function escapeMarkdownCode(text: string): string {
  const content = showInvisible(text);
  if (content === '') return '-';
  if (content.trim() === '') return '`\\x20`';
  const fence = '`'.repeat(longestRun(content, '`') + 1);
  const pad = /^[ `]|[ `]$/.test(content) ? ' ' : '';
  return fence + pad + content + pad + fence;
}

/** An inline code span for a table cell, where a bare `|` would start the next cell. */
export function escapeMarkdownCodeInTable(text: string): string {
  // Renderers disagree on a backslash before an escaped pipe, so that pair is spelled out.
  const withoutBackslashPipe = text.replace(/\\\|+/g, (pair) => `\\${'\\x7c'.repeat(pair.length - 1)}`);
  return escapeMarkdownCode(withoutBackslashPipe).replaceAll('|', '\\|');
}

/** A fenced code block, lines as they are; no line of them can close it. */
export function escapeMarkdownBlock(lines: readonly string[], language = ''): string {
  const shown = lines.map((line) => showInvisible(line.replaceAll('\t', '    ')));
  const fence = '`'.repeat(Math.max(3, longestRun(shown.join('\n'), '`') + 1));
  return [fence + language, ...shown, fence].join('\n');
}

/** Text for HTML, also inside a quoted attribute. */
export function escapeHtml(text: string): string {
  return showInvisible(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}

/** One line for a terminal: nothing in it can move the cursor, change colour, reorder or break the line. */
export function escapeTerminal(text: string): string {
  return showInvisible(text);
}

/** One line for the log of a workflow, where the runner obeys `::` at the start and `##[` anywhere. */
export function escapeWorkflowLog(line: string): string {
  return showInvisible(stripColours(line).replaceAll('\t', '    '))
    .replace(/^(\s*):(?=:)/u, `$1:${zeroWidthSpace}`)
    .replaceAll('##[', `##${zeroWidthSpace}[`);
}

/** Takes terminal colour codes out of build output; what else an escape character starts stays for the escaping. */
export function stripColours(text: string): string {
  return text.replace(/\u{1b}\[[0-9;:]*[mK]/gu, '');
}

/** Control, bidirectional and other characters that one cannot see, as `\xHH`, `\uHHHH` or `\u{HHHHH}`. */
function showInvisible(text: string): string {
  return text.replace(invisible, (character) => {
    const code = character.codePointAt(0) ?? 0;
    const hex = code.toString(16);
    if (character === '\n') return '\\n';
    if (character === '\r') return '\\r';
    if (character === '\t') return '\\t';
    if (code <= 0xff) return `\\x${hex.padStart(2, '0')}`;
    return code <= 0xffff ? `\\u${hex.padStart(4, '0')}` : `\\u{${hex}}`;
  });
}

/** GitHub looks for references in the rendered text, where escaping no longer shows: only a character in between stops it. */
function breakReferences(text: string): string {
  return text
    .replace(/[@#]/g, `$&${zeroWidthSpace}`)
    .replace(/:(?=\/\/|[\w+-]+:)/g, `:${zeroWidthSpace}`)
    .replace(/(?<=www)\./gi, `${zeroWidthSpace}.`)
    .replace(/(?<=\b(?:[A-Z][A-Z0-9]+|gh))-(?=\d)/g, `-${zeroWidthSpace}`)
    .replace(/[0-9a-f]{6}(?=[0-9a-f])/gi, `$&${zeroWidthSpace}`);
}

function escapeInline(text: string): string {
  return text.replace(/[\\|&$*_~`[\]<>!]/g, (character) => {
    if (character === '\\') return '&#92;';
    if (character === '|') return '&#124;';
    if (character === '&') return '&amp;';
    if (character === '<') return '&lt;';
    if (character === '>') return '&gt;';
    // The one way that GitHub documents for a dollar that opens no formula.
    if (character === '$') return '<span>$</span>';
    return `\\${character}`;
  });
}

function escapeBlockStart(text: string): string {
  return text.replace(/^[-+=#]/, '\\$&').replace(/^(\d+)([.)])(?=\s|$)/, '$1\\$2');
}

function longestRun(text: string, character: '`'): number {
  return Math.max(0, ...Array.from(text.matchAll(new RegExp(`${character}+`, 'g')), (run) => run[0].length));
}
