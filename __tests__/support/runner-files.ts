/** Reads what an action wrote for the runner with its file commands: `name=value` or `name<<delimiter`, as GitHub documents them. */
export function readFileCommands(text: string): Readonly<Record<string, string>> {
  const values: Record<string, string> = {};
  const lines = text.split('\n');
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] ?? '';
    const [, name, delimiter] = /^([^=<]+)<<(.+)$/.exec(line) ?? [];
    if (name !== undefined && delimiter !== undefined) {
      const end = lines.indexOf(delimiter, at + 1);
      values[name] = lines.slice(at + 1, end).join('\n');
      at = end;
    } else if (line.includes('=')) {
      values[line.slice(0, line.indexOf('='))] = line.slice(line.indexOf('=') + 1);
    }
  }
  return values;
}

/** One workflow command as the runner would obey it. */
export type WorkflowCommand = {
  readonly name: string;
  readonly properties: Readonly<Record<string, string>>;
  readonly message: string;
};

/** Every command that the runner would find in a log: `::x::` at the start of a line, and the old `##[x]` anywhere. */
export function workflowCommands(log: string): readonly WorkflowCommand[] {
  return log.split('\n').flatMap((line) => {
    const [, name = '', properties = '', message = ''] = /^\s*::([\w-]+)(?: ([^:]*))?::(.*)$/.exec(line) ?? [];
    if (name !== '') return [{ name, properties: pairs(properties), message: decode(message) }];
    const [, old = ''] = /##\[([\w-]+)[^\]]*\]/.exec(line) ?? [];
    return old === '' ? [] : [{ name: `##[${old}]`, properties: {}, message: line }];
  });
}

function pairs(text: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    text
      .split(',')
      .filter((part) => part.includes('='))
      .map((part) => [part.slice(0, part.indexOf('=')).trim(), decode(part.slice(part.indexOf('=') + 1))]),
  );
}

function decode(text: string): string {
  return text
    .replaceAll('%3A', ':')
    .replaceAll('%2C', ',')
    .replaceAll('%0D', '\r')
    .replaceAll('%0A', '\n')
    .replaceAll('%25', '%');
}
