/** In the order of how well they name the cause: the library says one trouble up to three times. */
const wordings = [/^Failed to reserve cache: (?:Error: )?(.+)/, /^Failed to (?:restore|save): (.+)/];

/** The one line of @actions/cache's log that says why it did nothing, without its marks; undefined when all went well. */
export function complaintIn(heard: readonly string[]): string | undefined {
  const lines = heard.flatMap((text) => text.split(/\r?\n/)).map(withoutMarks);
  const [cause] = wordings.flatMap((wording) => lines.flatMap((line) => wording.exec(line)?.[1] ?? []));
  const warning = heard.find((text) => /^::(warning|error)::/.test(text));
  return (cause ?? (warning && withoutMarks(warning.trim())))?.slice(0, 300);
}

/** What the last failed try of a request met, for a call that did not come to its end. */
export function lastAttemptIn(heard: readonly string[]): string | undefined {
  const attempts = [...heard.join('').matchAll(/^Attempt \d+ of \d+ failed with error: (.+)\. Retrying request in /gm)];
  return attempts.at(-1)?.[1]?.slice(0, 300);
}

/** A workflow command's message, of which only the first line is kept. */
function withoutMarks(line: string): string {
  const message = line.replace(/^::(?:warning|error|debug)::/, '');
  return (message.split(/%0D|%0A/, 1)[0] ?? '').replaceAll('%25', '%');
}
