import { median } from './median.mjs';

/**
 * A row: `what` and its `samples`, a `yardstick` with the same, `bound` in the unit of the samples (absent: for the record
 * only) with the words that it is from, and the `unit`. Prints all rows and gives whether every median keeps its bound.
 */
export function printTable(rows) {
  const head = ['case', 'median', 'min–max', 'yardstick', 'median', 'min–max', 'ratio', 'bound', ''];
  const table = [head, ...rows.map(cells)];
  const widths = head.map((_, column) => Math.max(...table.map((row) => row[column].length)));
  const line = (row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column]))
      .join('  ')
      .trimEnd();
  const [titles, ...body] = table.map(line);
  process.stdout.write(`${[titles, '─'.repeat(titles.length), ...body].join('\n')}\n\n${summary(rows)}\n`);
  return rows.every(isKept);
}

function cells(row) {
  const { what, samples, yardstick, unit, boundText } = row;
  const ours = spread(samples, unit);
  const theirs = yardstick === undefined ? ['–', '–'] : spread(yardstick.samples, unit);
  const ratio = yardstick === undefined ? '–' : (median(samples) / median(yardstick.samples)).toFixed(2);
  const mark = row.bound === undefined ? '' : isKept(row) ? 'ok' : 'over';
  return [what, ...ours, yardstick?.what ?? '–', ...theirs, ratio, boundText ?? '–', mark];
}

function spread(samples, unit) {
  const show = (value) => value.toFixed(2);
  const [low, high] = [Math.min(...samples), Math.max(...samples)];
  return [`${show(median(samples))} ${unit}`, samples.length === 1 ? '' : `${show(low)}–${show(high)}`];
}

function isKept({ samples, bound }) {
  return bound === undefined || median(samples) <= bound;
}

function summary(rows) {
  const over = rows.filter((row) => !isKept(row)).map(({ what }) => what);
  const bounded = rows.filter(({ bound }) => bound !== undefined).length;
  return over.length === 0
    ? `All ${bounded} bounds are kept.`
    : `Over the bound: ${over.join('; ')} (${over.length} of ${bounded}).`;
}
