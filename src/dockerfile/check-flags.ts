import { nearestName } from './nearest-name.ts';
import { parseFlags } from './parse-flags.ts';

/** `reason` continues a sentence that begins with the line; `remedy` is what to write instead. */
export type SyntaxProblem = { readonly reason: string; readonly remedy: string };

/** One instruction, its keyword in upper case. */
export type Written = { readonly keyword: string; readonly flags: readonly string[]; readonly rest: string };

/** Refuses flags that no BuildKit knows for the instruction, and ones without the value they need. */
export function checkFlags({ keyword, flags }: Written): SyntaxProblem | undefined {
  const parsed = parseFlags(keyword, flags);
  if (parsed.kind === 'flags') return undefined;
  const near = nearestName(parsed.name, parsed.known);
  const known =
    parsed.known.length === 0
      ? `${keyword} has no flags.`
      : `${keyword} knows ${parsed.known.map((flag) => `--${flag}`).join(', ')}.`;
  return {
    reason: `has an ${parsed.reason}`.replace(/^has an (?=duplicate|missing|expecting)/, 'has a wrong flag, '),
    remedy: near === undefined ? known : `Did you mean --${near}? ${known}`,
  };
}
