import { trimStartSpace } from './go-space.ts';

export type Directive = { readonly name: 'syntax' | 'escape' | 'check'; readonly value: string };

export type DirectiveLine = Directive | 'repeated' | undefined;

/** Reads directives line by line; after the first line that is none, there are no more. */
export function directiveReader(comment: '#' | '//' = '#'): (line: string) => DirectiveLine {
  const seen = new Set<string>();
  let done = false;
  return (line) => {
    const directive = done ? undefined : parseDirective(line, comment);
    if (directive === undefined) {
      done = true;
      return undefined;
    }
    if (seen.has(directive.name)) return 'repeated';
    seen.add(directive.name);
    return directive;
  };
}

/** The frontend that `# syntax=` names, also in its `// syntax=` and JSON forms and after a `#!` line; undefined when none is. */
export function detectSyntax(text: string): string | undefined {
  const body = withoutShebang(text.replace(/^\ufeff/, ''));
  return syntaxAmong(body, '#') ?? syntaxAmong(body, '//') ?? syntaxInJson(body);
}

function parseDirective(line: string, comment: string): Directive | undefined {
  if (!line.startsWith(comment)) return undefined;
  const match = /^([a-zA-Z][a-zA-Z0-9]*)[\t\n\f\r ]*=[\t\n\f\r ]*(.+)$/s.exec(
    trimStartSpace(line.slice(comment.length)),
  );
  const name = match?.[1]?.toLowerCase();
  const value = match?.[2]?.trim();
  if (value === undefined || value === '') return undefined;
  return name === 'syntax' || name === 'escape' || name === 'check' ? { name, value } : undefined;
}

function withoutShebang(text: string): string {
  if (!text.startsWith('#!')) return text;
  const end = text.indexOf('\n');
  return end < 0 ? '' : text.slice(end + 1);
}

function syntaxAmong(text: string, comment: '#' | '//'): string | undefined {
  const read = directiveReader(comment);
  for (const line of text.split('\n')) {
    const directive = read(line.replace(/\r$/, ''));
    if (directive === undefined || directive === 'repeated') return undefined;
    // What stands after a blank are arguments of the frontend.
    if (directive.name === 'syntax') return directive.value.split(' ', 1)[0];
  }
  return undefined;
}

function syntaxInJson(text: string): string | undefined {
  if (!text.trimStart().startsWith('{')) return undefined;
  try {
    const json: unknown = JSON.parse(text);
    if (typeof json !== 'object' || json === null || !('syntax' in json)) return undefined;
    return typeof json.syntax === 'string' ? json.syntax : undefined;
  } catch {
    return undefined;
  }
}
