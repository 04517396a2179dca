/** No document of an image holds more values than this; validating millions would take minutes. */
const maxValues = 100_000;

/**
 * What is wrong with a JSON text that JSON.parse would let pass; null when nothing is. A key twice in one object is refused:
 * JavaScript takes the last of them, the engines (Go) merge them, and the image would not be what was judged.
 */
export function findFault(text: string): string | null {
  const scopes: (Set<string> | null)[] = [];
  let values = 0;
  for (let at = 0; at < text.length; at++) {
    const char = text.charAt(at);
    if (char === '{') scopes.push(new Set());
    else if (char === '[') scopes.push(null);
    else if (char === '}' || char === ']') scopes.pop();
    if (char === '{' || char === '[' || char === ',') values++;
    if (values > maxValues) return `it holds more than ${maxValues} values`;
    if (char !== '"') continue;
    const end = endOfString(text, at);
    const keys = isKey(text, end) ? scopes.at(-1) : null;
    const key = keys ? unescaped(text.slice(at, end)) : '';
    if (keys?.has(key)) return `the key ${key} stands twice in one object`;
    keys?.add(key);
    at = end - 1;
  }
  return null;
}

/** Behind the closing quote, or the end of the text. */
function endOfString(text: string, start: number): number {
  for (let at = text.indexOf('"', start + 1); at >= 0; at = text.indexOf('"', at + 1)) {
    let first = at;
    while (text.charAt(first - 1) === '\\') first--;
    if ((at - first) % 2 === 0) return at + 1;
  }
  return text.length;
}

function isKey(text: string, end: number): boolean {
  let at = end;
  while (/\s/.test(text.charAt(at))) at++;
  return text.charAt(at) === ':';
}

/** JSON.parse finds fault with what cannot be unescaped. */
function unescaped(string: string): string {
  if (!string.includes('\\')) return string;
  try {
    return JSON.stringify(JSON.parse(string));
  } catch {
    return string;
  }
}
