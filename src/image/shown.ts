/** A name from an image as a message shows it: quoted, and no longer than a person reads. */
export function quoted(name: string): string {
  return JSON.stringify(brief(name));
}

/** The same without quotes; `length` in characters. */
export function brief(text: string, length = 200): string {
  return text.length <= length ? text : `${text.slice(0, length)}…`;
}
