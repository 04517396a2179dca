import { escapeTerminal } from '../../escape.ts';
import { shorten } from '../view/shorten.ts';

const maxLength = 48;

/** Outside text as part of a quoted Mermaid label: what one cannot see is spelled out, all but plain characters are entity codes. */
export function mermaidLabel(text: string): string {
  return escapeTerminal(shorten(text, maxLength)).replace(
    /[^A-Za-z0-9 ._:/@-]/gu,
    (character) => `#${character.codePointAt(0)};`,
  );
}
