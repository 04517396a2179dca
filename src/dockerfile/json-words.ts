import { trimSpace } from './go-space.ts';

export type JsonWords =
  | { readonly kind: 'words'; readonly words: readonly string[] }
  | { readonly kind: 'not-json' | 'not-strings' };

/** The words of an instruction in its JSON form. */
export function parseJsonWords(rest: string): JsonWords {
  const text = trimSpace(rest);
  if (!text.startsWith('[')) return { kind: 'not-json' };
  try {
    const json: unknown = JSON.parse(text);
    if (!Array.isArray(json)) return { kind: 'not-json' };
    const words = json.filter((word) => typeof word === 'string');
    return words.length === json.length ? { kind: 'words', words } : { kind: 'not-strings' };
  } catch {
    return { kind: 'not-json' };
  }
}
