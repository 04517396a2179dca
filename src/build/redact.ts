/** Puts `***` for what must not be shown. */
export type Redact = (text: string) => string;

/** Shorter values stand in too many words for their absence to mean anything. */
const MIN_LENGTH = 4;

/** Replaces every occurrence of the values, of four characters or more each; of a value of several lines also each line. */
export function redactValues(values: Iterable<string>): Redact {
  const parts = [...values].flatMap((value) => [value, ...value.split(/\r?\n/)]).map((part) => part.trim());
  // Longest first, so that a value which begins with another one goes as a whole.
  const hidden = [...new Set(parts)].filter((part) => part.length >= MIN_LENGTH).sort((a, b) => b.length - a.length);
  if (hidden.length === 0) return (text) => text;
  const pattern = new RegExp(hidden.map((part) => part.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')).join('|'), 'g');
  return (text) => text.replace(pattern, '***');
}

/** The same value with every string in it redacted; names of properties stay. For plain JSON data. */
export function redactStrings<Value>(value: Value, redact: Redact): Value {
  return JSON.parse(JSON.stringify(value), (_key, each: unknown) => (typeof each === 'string' ? redact(each) : each));
}
