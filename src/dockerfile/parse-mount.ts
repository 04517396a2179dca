export type Mount =
  | { readonly kind: 'mount'; readonly from: string | undefined; readonly fields: readonly MountField[] }
  | { readonly kind: 'invalid'; readonly reason: string };

export type MountField = { readonly key: string; readonly value: string | undefined };

/** Reads the value of one `RUN --mount=`: comma-separated fields, each of which may stand in double quotes. */
export function parseMount(text: string): Mount {
  const cells = splitCsv(text);
  if (cells === undefined) return { kind: 'invalid', reason: `--mount=${text} is not a list of key=value` };
  const fields = cells.map(parseField);
  const from = fields.findLast((field) => field.key === 'from' && field.value !== undefined)?.value;
  const variable = fields.find((field) => field.key === 'from' && isVariable(field.value ?? ''));
  if (variable !== undefined) {
    return {
      kind: 'invalid',
      reason: `--mount=from=${variable.value} has a variable, which BuildKit does not expand there`,
    };
  }
  return { kind: 'mount', from: from === '' ? undefined : from, fields };
}

function parseField(cell: string): MountField {
  const equals = cell.indexOf('=');
  if (equals < 0) return { key: cell.toLowerCase(), value: undefined };
  return { key: cell.slice(0, equals).toLowerCase(), value: cell.slice(equals + 1) };
}

function isVariable(value: string): boolean {
  const dollar = value.indexOf('$');
  return dollar >= 0 && dollar !== value.length - 1;
}

/** Undefined when quotes do not pair up, or nothing is there. */
function splitCsv(text: string): readonly string[] | undefined {
  if (text === '') return undefined;
  const cells: string[] = [];
  let rest: string | undefined = text;
  while (rest !== undefined) {
    const match: RegExpExecArray | null = /^(?:"((?:[^"]|"")*)"|([^",]*))(?:,|$)/.exec(rest);
    if (match === null) return undefined;
    cells.push(match[1]?.replaceAll('""', '"') ?? match[2] ?? '');
    rest = match[0].endsWith(',') ? rest.slice(match[0].length) : undefined;
  }
  return cells;
}
