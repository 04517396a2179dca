import { expand } from './expand.ts';

export type Heredoc = {
  readonly name: string /** `<<-`: tabs before the end marker do not count. */;
  readonly chomp: boolean;
};

/** The heredocs that one joined instruction opens, in order; a line with an unclosed quote opens none. */
export function heredocsOf(line: string): readonly Heredoc[] {
  if (!line.includes('<<')) return [];
  const words = expand(line, { ...LEXER, rawQuotes: true, rawEscapes: true });
  if (words.kind !== 'expanded') return [];
  return words.words.map(parseHeredoc).filter((heredoc) => heredoc !== undefined);
}

/** The heredoc that one word is: digits, `<<` or `<<-`, and a single name which may be quoted. */
export function parseHeredoc(word: string): Heredoc | undefined {
  const match = /^\d*<<(-?)[\t\n\f\r ]*([^<]*)$/.exec(word);
  const written = match?.[2];
  if (written === undefined || written === '') return undefined;
  const expansion = expand(written, LEXER);
  const name = expansion.kind === 'expanded' && expansion.words.length === 1 ? expansion.words[0] : undefined;
  return name === undefined ? undefined : { name, chomp: match?.[1] === '-' };
}

/** Heredocs always escape with a backslash, whatever `# escape=` says. */
const LEXER = { lookup: () => undefined, escapeToken: '\\', keepUnset: true };
