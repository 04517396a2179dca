import type { Instruction } from '../dockerfile/stage-graph.ts';
import type { HistoryEntry } from '../image/image.ts';

/** What history alone tells of an image: which layers this Dockerfile made, and by which instruction. */
export type HistoryMap = {
  /** Layers below this Dockerfile's, or undefined when history and Dockerfile do not fit together. */
  readonly baseCount: number | undefined;
  /** By layer position. */
  readonly instructions: ReadonlyMap<number, Instruction>;
};

/**
 * Lays the layer-making instructions of the final stage and those under it (first to last) along the end of the
 * image's history. Entries without `isEmpty` stand 1:1 for the layers (OCI image-spec, config.md, `history`).
 * ONBUILD triggers of the base lie between base and Dockerfile and count as own layers without a line.
 */
export function matchHistory(
  history: readonly HistoryEntry[],
  layerCount: number,
  instructions: readonly Instruction[],
): HistoryMap {
  const entries = history.filter((entry) => !entry.isEmpty);
  const found = new Map<number, Instruction>();
  if (entries.length !== layerCount) return { baseCount: undefined, instructions: found };
  let position = layerCount - 1;
  for (const instruction of [...instructions].reverse()) {
    const entry = entries[position];
    if (entry === undefined || !isMadeBy(entry, instruction)) return { baseCount: undefined, instructions: found };
    found.set(position, instruction);
    position -= 1;
  }
  return { baseCount: position + 1, instructions: found };
}

function isMadeBy(entry: HistoryEntry, instruction: Instruction): boolean {
  return entry.comment.startsWith('buildkit.') && historyText(entry).startsWith(instruction.keyword);
}

/**
 * What a history entry says was run, without what must not be shown: values of build arguments (`|2 TOKEN=… `)
 * and BuildKit's own trailer. Where the arguments cannot be told from the command, the command is left out too.
 */
export function historyText({ createdBy }: Pick<HistoryEntry, 'createdBy'>): string {
  const text = createdBy
    .replace(/\s*# buildkit\s*$/, '')
    .replace(/^\/bin\/sh -c #\(nop\)\s*/, '')
    .trim();
  const withArguments = /^(RUN )?\|\d+ /.exec(text);
  if (withArguments === null) return text.replace(/^\/bin\/sh -c /, 'RUN ').replace(/^RUN \/bin\/sh -c /, 'RUN ');
  const shell = text.lastIndexOf(' /bin/sh -c ');
  return shell < 0 ? 'RUN …' : `RUN ${text.slice(shell + ' /bin/sh -c '.length)}`;
}
