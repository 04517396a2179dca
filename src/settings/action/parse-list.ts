import { CsvError, parse } from 'csv-parse/sync';
import { UserError } from '../../user-error.ts';

/** `lines`: one item a line; `items`: commas separate too; `untrimmed`: one a line, with the blanks around it. */
export type ListKind = 'lines' | 'items' | 'untrimmed';

/** A list as docker/build-push-action reads it: CSV records, where quotation marks keep line breaks and commas together. */
export function parseList(name: string, written: string, kind: ListKind): readonly string[] {
  const items = recordsOf(name, written).flatMap((record) => {
    if (kind !== 'items') return [record.join(',')];
    return record.length === 1 ? record.flatMap((field) => field.split(',')) : record;
  });
  return items.filter((item) => item.trim() !== '').map((item) => (kind === 'untrimmed' ? item : item.trim()));
}

function recordsOf(name: string, written: string): readonly (readonly string[])[] {
  try {
    return parse(written, { relax_quotes: true, relax_column_count: true, skip_empty_lines: true });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    // Neither text nor cause: the parser quotes what it read, and a list may hold secrets.
    const what =
      error.code === 'CSV_QUOTE_NOT_CLOSED' ? 'a quotation mark is never closed' : 'the quotation marks are wrong';
    throw new UserError(`${name}: the list cannot be read, since ${what}.`, {
      hint: 'An item that begins with `"` must end with one; write `""` for a quotation mark inside.',
    });
  }
}
