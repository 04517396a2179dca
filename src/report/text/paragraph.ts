import { escapeTerminal } from '../../escape.ts';
import { paintCode } from './inline.ts';
import type { Style } from './paint.ts';
import type { Screen } from './screen.ts';
import { wrap } from './wrap.ts';

type Layout = { readonly indent?: string; readonly mark?: string; readonly markStyle?: Style };

/** A phrase wrapped to the screen, `mark` before it; lines after the first are indented by two more. */
export function paragraph(phrase: string, { paint, width }: Screen, layout: Layout = {}): string[] {
  const { indent = '  ', mark = '', markStyle } = layout;
  // Escaped before wrapping, so that widths are those of what is shown.
  const safeMark = escapeTerminal(mark);
  const [first = '', ...others] = wrap(safeMark + escapeTerminal(phrase), width - indent.length - 2);
  const start = markStyle !== undefined && first.startsWith(safeMark) ? paint(markStyle, safeMark) : undefined;
  const head = start === undefined ? first : start + first.slice(safeMark.length);
  const lines = [indent + head, ...others.map((line) => `${indent}  ${line}`)];
  return paintCode(lines.join('\n'), paint).split('\n');
}
