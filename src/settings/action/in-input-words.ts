import { UserError } from '../../user-error.ts';
import type { InputName } from './input-names.ts';

/** The same error for the user of the Action: inputs where the command line has options. */
export function inInputWords(error: UserError): UserError {
  const hint = error.hint === undefined ? undefined : translate(error.hint);
  return new UserError(translate(error.message), {
    ...(hint === undefined ? {} : { hint }),
    exitCode: error.exitCode,
    cause: error.cause,
  });
}

function translate(text: string): string {
  const reworded = rewordings.reduce((sentence, [pattern, words]) => sentence.replace(pattern, words), text);
  // What stands between backticks is quoted from a user or a file, and stays.
  return reworded
    .split(/(`[^`]*`)/)
    .map((part, index) => (index % 2 === 0 ? withInputs(part) : part))
    .join('');
}

/** An option that a sentence begins with is its subject; further on it needs to be told from plain words. */
function withInputs(text: string): string {
  return text.replace(option, (written, before: string, flag: string, colon: string) => {
    const name = inputOf.get(flag);
    if (name === undefined) return written;
    return before === '' ? `${name}${colon}` : `${before.startsWith(' ') ? ' ' : before}the input ${name}${colon}`;
  });
}

/** With the words in front of it that say what it is. */
const option = /(^| (?:the flag |a )?|\()--([a-z-]+)(:?)(?![a-z=-])/g;

/** Sentences that show a command line or a way that only it has. */
const rewordings: readonly (readonly [RegExp, string])[] = [
  [/^The build context (?=`)/, 'context: '],
  [/^Write the Dockerfile with --file: stagegate check --file (.+) (\S+)$/, 'Write file: $1 and context: $2'],
  [/write --file (.+)$/, 'write file: $1'],
  [/use the flag --build-arg (\S+)\./, 'write build-args: $1'],
  [
    /^Name a report that was written with --record or --format json\.$/,
    'Name a report, such as the output `report` of an earlier run.',
  ],
  [/, or give it as a flag on the command line\./, ', or give it as an input of the step.'],
  [/Use the flag --(?:record|format|output)\./, 'Only the command line has it.'],
];

/** Options whose inputs have the same name, then those where docker/build-push-action has another. */
const inputOf: ReadonlyMap<string, InputName> = new Map<string, InputName>([
  ...same('file', 'target', 'test-target', 'image', 'config', 'baseline', 'fail-on'),
  ...same('max-size', 'max-download-size', 'max-growth', 'max-layers'),
  ...same('ssh', 'cache-from', 'cache-to', 'no-cache', 'pull', 'push', 'network', 'load', 'builder'),
  ['platform', 'platforms'],
  ['build-arg', 'build-args'],
  ['build-context', 'build-contexts'],
  ['secret', 'secrets'],
  ['no-cache-filter', 'no-cache-filters'],
  ['add-host', 'add-hosts'],
  ['label', 'labels'],
  ['tag', 'tags'],
]);

function same(...names: readonly InputName[]): readonly (readonly [string, InputName])[] {
  return names.map((name) => [name, name]);
}
