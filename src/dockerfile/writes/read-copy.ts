import { splitBlanks } from '../go-space.ts';
import { parseHeredoc } from '../heredocs.ts';
import { parseJsonWords } from '../json-words.ts';
import { parseFlags } from '../parse-flags.ts';
import type { Instruction, Source } from '../stage-graph.ts';
import { normalPath } from './region.ts';
import { type Command, expandIn, resolveIn, type StageState } from './stage-state.ts';
import type { CopySource, CopyWrite } from './write.ts';

/** COPY or ADD with every word expanded as BuildKit expands it. `from` is undefined for the build context. */
export function readCopy(
  command: Command,
  state: StageState,
  { instruction, from }: { readonly instruction: Instruction; readonly from: Source | undefined },
): CopyWrite {
  const json = parseJsonWords(command.rest);
  const words = json.kind === 'words' ? json.words : splitBlanks(command.rest);
  const heredocs = json.kind !== 'words';
  const written = expandIn(state, words.at(-1) ?? '', command.escapeToken);
  const flags = parseFlags(command.keyword, command.flags);
  const values = flags.kind === 'flags' ? flags.values : new Map<string, readonly string[]>();
  const keepsParents = values.get('parents')?.[0]?.toLowerCase() === 'true';
  return {
    kind: 'copy',
    instruction,
    from,
    sources: words.slice(0, -1).map((word) => readSource(word, { command, state, heredocs, keepsParents })),
    // Paths of an image write a backslash in another way.
    dest: written === undefined || written.includes('\\') ? undefined : resolveIn(state, written),
    // BuildKit's own test: pathRelativeToWorkingDir keeps the slash, and gives one to `.` and to nothing.
    isFolder: written !== undefined && (written === '' || written === '.' || /\/\.?$/.test(written)),
    keepsParents,
    isPartial: values.has('exclude'),
    unpacks: command.keyword === 'ADD',
  };
}

type Reading = {
  readonly command: Command;
  readonly state: StageState;
  readonly heredocs: boolean;
  readonly keepsParents: boolean;
};

function readSource(word: string, { command, state, heredocs, keepsParents }: Reading): CopySource {
  const heredoc = heredocs ? parseHeredoc(word) : undefined;
  if (heredoc !== undefined) return { kind: 'text', name: heredoc.name };
  const path = expandIn(state, word, command.escapeToken);
  if (path === undefined || (command.keyword === 'ADD' && isRemote(path))) return { kind: 'unknown' };
  const pivot = keepsParents ? path.lastIndexOf('/./') : -1;
  return {
    kind: 'path',
    path: normalPath(path),
    pivot: pivot < 0 ? 0 : normalPath(path.slice(0, pivot)).split('/').filter(Boolean).length,
  };
}

function isRemote(path: string): boolean {
  return /^(?:[a-z][a-z0-9+.-]*:\/\/|git@|github\.com\/)/i.test(path) || /\.git(?:#|\?|$)/.test(path);
}
