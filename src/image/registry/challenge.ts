/** One challenge of a `WWW-Authenticate` header (RFC 9110, 11.6.1); scheme and names of parameters in lower case. */
export type Challenge = { readonly scheme: string; readonly parameters: ReadonlyMap<string, string> };

/** All challenges of the header, several header fields joined by commas included; what is malformed ends the list. */
export function parseChallenges(header: string): readonly Challenge[] {
  const challenges: { scheme: string; parameters: Map<string, string> }[] = [];
  let rest = header.slice(0, maxHeaderLength);
  while (rest !== '') {
    const separator = /^[\s,]+/.exec(rest);
    const parameter = parameterPattern.exec(rest);
    const scheme = schemePattern.exec(rest);
    const current = challenges.at(-1);
    if (separator) rest = rest.slice(separator[0].length);
    else if (parameter && current) {
      setOnce(current.parameters, parameter.groups?.name ?? '', unquoted(parameter.groups ?? {}));
      rest = rest.slice(parameter[0].length);
    } else if (scheme) {
      challenges.push({ scheme: (scheme.groups?.scheme ?? '').toLowerCase(), parameters: new Map() });
      rest = rest.slice(scheme[0].length);
    } else break;
  }
  return challenges;
}

const maxHeaderLength = 16_384;
const token = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";
const parameterPattern = new RegExp(
  `^(?<name>${token})[ \\t]*=[ \\t]*(?:"(?<quoted>(?:[^"\\\\]|\\\\.)*)"|(?<plain>${token}))(?=[\\s,]|$)`,
);
/** The scheme, and where it has one its token68 (`Negotiate YWJj==`), which nothing here needs. */
const schemePattern = new RegExp(`^(?<scheme>${token})(?:[ \\t]+[A-Za-z0-9._~+/-]+=*(?=[ \\t]*(?:,|$))|(?=[\\s,]|$))`);

function unquoted({ quoted, plain }: Readonly<Record<string, string | undefined>>): string {
  return quoted === undefined ? (plain ?? '') : quoted.replace(/\\(.)/g, '$1');
}

/** A parameter must not stand twice; of two readers one would take the other value. */
function setOnce(parameters: Map<string, string>, name: string, value: string): void {
  const key = name.toLowerCase();
  if (!parameters.has(key)) parameters.set(key, value);
}
