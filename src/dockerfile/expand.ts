import { PatternError, replaceMatches, TooCostly, withoutPrefix, withoutSuffix } from './glob-replace.ts';
import { UnquotedWords } from './unquoted-words.ts';

export type ExpandOptions = {
  readonly lookup: (name: string) => string | undefined;
  /** The file's escape character: a backslash unless `# escape=` says otherwise. */
  readonly escapeToken: string;
  readonly rawQuotes?: boolean;
  readonly rawEscapes?: boolean;
  /** Leave `$NAME` as written when nothing sets it. */
  readonly keepUnset?: boolean;
};

/** `beyond` is text that would cost too much to expand: BuildKit decides. */
export type Expansion =
  | {
      readonly kind: 'expanded';
      readonly text: string;
      readonly words: readonly string[];
      readonly read: ReadonlySet<string>;
    }
  | { readonly kind: 'invalid'; readonly reason: string; readonly read: ReadonlySet<string> }
  | { readonly kind: 'beyond' };

/** Expands one word as BuildKit's own lexer does: every operator, quotes and escapes; `read` are the names it asked for. */
export function expand(word: string, options: ExpandOptions): Expansion {
  const lexer = new Lexer(word, options);
  try {
    const { text, words } = lexer.until(undefined, options.rawEscapes ?? false);
    return { kind: 'expanded', text, words, read: lexer.read };
  } catch (error) {
    if (error instanceof InvalidExpansion || error instanceof PatternError) {
      return { kind: 'invalid', reason: error.message, read: lexer.read };
    }
    if (error instanceof TooCostly) return { kind: 'beyond' };
    throw error;
  }
}

class InvalidExpansion extends Error {}

const MAX_LENGTH = 1 << 20;
const MAX_DEPTH = 500;
const LETTER = /^\p{L}$/u;
const DIGIT = /^\p{Nd}$/u;
const SPECIAL = '@*#?-$!0';

class Lexer {
  readonly read = new Set<string>();
  private readonly characters: readonly string[];
  private readonly options: ExpandOptions;
  private at = 0;
  private depth = 0;
  private rawEscapes = false;

  constructor(word: string, options: ExpandOptions) {
    this.characters = [...word.replace(/^\ufeff/, '')];
    this.options = options;
  }

  /** Reads up to the stop character (which is taken) or, when that is undefined, to the end. */
  until(stop: string | undefined, rawEscapes: boolean): { readonly text: string; readonly words: readonly string[] } {
    if (++this.depth > MAX_DEPTH) throw new TooCostly();
    const outer = this.rawEscapes;
    this.rawEscapes = rawEscapes;
    try {
      return this.run(stop);
    } finally {
      this.rawEscapes = outer;
      this.depth--;
    }
  }

  private run(stop: string | undefined): { readonly text: string; readonly words: readonly string[] } {
    const words = new UnquotedWords();
    let text = '';
    for (let next = this.peek(); next !== undefined; next = this.peek()) {
      if (next === stop) {
        this.at++;
        return { text, words: words.end() };
      }
      if (next === '$') {
        const value = this.dollar();
        for (const character of value) words.add(character);
        text += value;
      } else if (next === "'" || next === '"' || next === '<') {
        const value = next === '<' ? this.less() : next === "'" ? this.single() : this.double();
        words.addRaw(value);
        text += value;
      } else if (next === this.options.escapeToken) {
        this.at++;
        const escaped = this.next();
        const value = (this.rawEscapes ? next : '') + (escaped ?? '');
        if (value !== '') words.addRaw(value);
        text += value;
      } else {
        this.at++;
        words.add(next);
        text += next;
      }
      if (text.length > MAX_LENGTH) throw new TooCostly();
    }
    if (stop !== undefined)
      throw new InvalidExpansion(`unexpected end of statement while looking for matching ${stop}`);
    return { text, words: words.end() };
  }

  private single(): string {
    const start = this.at++;
    for (let next = this.next(); next !== undefined; next = this.next()) {
      if (next !== "'") continue;
      const whole = this.characters.slice(start, this.at).join('');
      return this.options.rawQuotes ? whole : whole.slice(1, -1);
    }
    throw new InvalidExpansion('unexpected end of statement while looking for matching single-quote');
  }

  private double(): string {
    this.at++;
    const quote = this.options.rawQuotes ? '"' : '';
    let text = quote;
    for (let next = this.peek(); next !== undefined; next = this.peek()) {
      if (next === '$') {
        text += this.dollar();
        continue;
      }
      this.at++;
      if (next === '"') return text + quote;
      text += next === this.options.escapeToken ? this.escapedInQuotes() : next;
    }
    throw new InvalidExpansion('unexpected end of statement while looking for matching double-quote');
  }

  /** Between double quotes only a quote, a dollar and the escape character itself can be escaped. */
  private escapedInQuotes(): string {
    const escapeToken = this.options.escapeToken;
    const raw = this.rawEscapes ? escapeToken : '';
    const next = this.peek();
    if (next === undefined) return raw;
    if (next !== '"' && next !== '$' && next !== escapeToken) return raw + escapeToken;
    this.at++;
    return raw + next;
  }

  /** The blanks of `<< NAME` belong to the word, so that it can be found as a heredoc. */
  private less(): string {
    this.at++;
    if (this.peek() !== '<') return '<';
    const start = ++this.at;
    while ([' ', '\t', '\r'].includes(this.peek() ?? '')) this.at++;
    return `<<${this.characters.slice(start, this.at).join('')}`;
  }

  private dollar(): string {
    this.at++;
    if (this.peek() === '{') return this.braced();
    const name = this.name();
    if (name === '') return '$';
    return this.lookup(name) ?? (this.options.keepUnset ? `$${name}` : '');
  }

  private braced(): string {
    this.at++;
    const first = this.peek();
    if (first === undefined) throw new InvalidExpansion("syntax error: missing '}'");
    if (first === '{' || first === '}' || first === ':') throw new InvalidExpansion('syntax error: bad substitution');
    const name = this.name();
    const operator = this.next();
    if (operator === '}') return this.lookup(name) ?? (this.options.keepUnset ? `\${${name}}` : '');
    if (operator === '/') return this.replaced(name);
    if (operator === ':') return this.modified(name, this.next(), true);
    return this.modified(name, operator, false);
  }

  private modified(name: string, operator: string | undefined, nullIsUnset: boolean): string {
    const written = `${nullIsUnset ? ':' : ''}${operator ?? ''}`;
    const cuts = operator === '#' || operator === '%';
    const unsupported = new InvalidExpansion(`unsupported modifier (${written}) in substitution`);
    if (cuts && nullIsUnset) throw unsupported;
    // After a colon BuildKit reads the word first and only then looks at the operator.
    if (!nullIsUnset && (operator === undefined || !'+-?#%'.includes(operator))) throw unsupported;
    const word = this.untilOr('}', cuts, "syntax error: missing '}'");
    const value = this.lookup(name);
    if (value === undefined && this.options.keepUnset) return `\${${name}${written}${word}}`;
    const missing = value === undefined || (nullIsUnset && value === '');
    switch (operator) {
      case '-':
        return missing ? word : value;
      case '+':
        return missing ? '' : word;
      case '?':
        if (!missing) return value;
        throw new InvalidExpansion(
          `${name}: ${word || `is not allowed to be ${value === undefined ? 'unset' : 'empty'}`}`,
        );
      case '#':
      case '%': {
        const longest = word.startsWith(operator);
        const cut = operator === '#' ? withoutPrefix : withoutSuffix;
        return cut(value ?? '', longest ? word.slice(1) : word, longest);
      }
      default:
        throw unsupported;
    }
  }

  private replaced(name: string): string {
    const all = this.peek() === '/';
    if (all) this.at++;
    const pattern = this.untilOr('/', true, "syntax error: missing '/' in ${}");
    const replacement = this.untilOr('}', true, "syntax error: missing '}'");
    const value = this.lookup(name);
    if (value === undefined && this.options.keepUnset) return `\${${name}/${pattern}/${replacement}}`;
    // With // BuildKit reads a dollar in the replacement as a group of its regular expression.
    if (all && replacement.includes('$')) throw new TooCostly();
    return replaceMatches(value ?? '', pattern, replacement, all);
  }

  private untilOr(stop: string, rawEscapes: boolean, atEnd: string): string {
    try {
      return this.until(stop, rawEscapes).text;
    } catch (error) {
      if (error instanceof InvalidExpansion && this.peek() === undefined) throw new InvalidExpansion(atEnd);
      throw error;
    }
  }

  /** A name, a positional number or one special parameter; empty when none stands here. */
  private name(): string {
    const first = this.peek() ?? '';
    const start = this.at;
    if (DIGIT.test(first)) {
      while (DIGIT.test(this.peek() ?? '')) this.at++;
    } else if (first !== '' && SPECIAL.includes(first)) {
      this.at++;
    } else {
      while (isNameCharacter(this.peek() ?? '')) this.at++;
    }
    return this.characters.slice(start, this.at).join('');
  }

  private lookup(name: string): string | undefined {
    this.read.add(name);
    return this.options.lookup(name);
  }

  private peek(): string | undefined {
    return this.characters[this.at];
  }

  private next(): string | undefined {
    return this.characters[this.at++];
  }
}

function isNameCharacter(character: string): boolean {
  return character === '_' || LETTER.test(character) || DIGIT.test(character);
}
