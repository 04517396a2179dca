import { parse } from 'yaml';
import { z } from 'zod';

const manifestSchema = z.object({
  inputs: z.record(z.string(), z.object({ description: z.string(), default: z.string().optional() })),
  outputs: z.record(z.string(), z.object({ description: z.string() })),
});

/** The inputs and outputs of action.yml as Markdown tables, in its order; each ends in a newline. Descriptions are Markdown. */
export function readmeTables(actionYmlText: string): { readonly inputs: string; readonly outputs: string } {
  const { inputs, outputs } = manifestSchema.parse(parse(actionYmlText));
  return {
    inputs: table(
      ['Input', 'Default', 'What it does'],
      Object.entries(inputs).map(([name, input]) => [code(name), code(input.default ?? ''), input.description]),
    ),
    outputs: table(
      ['Output', 'What it holds'],
      Object.entries(outputs).map(([name, { description }]) => [code(name), description]),
    ),
  };
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.map(cell).join(' | ')} |\n`);
  return lines.join('');
}

function code(text: string): string {
  return text === '' ? '' : `\`${text}\``;
}

function cell(text: string): string {
  return text.trim().replace(/\s+/g, ' ').replaceAll('|', '\\|');
}
