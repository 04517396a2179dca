import type { ProfileLayer } from '../../profile/profile.ts';

/** What a reader may call a layer: `layer 3, line 21`, or without the line where nobody knows it. */
export function layerName({ position, line }: Pick<ProfileLayer, 'position' | 'line'>): string {
  return line === undefined ? `layer ${position}` : `layer ${position}, line ${line}`;
}

/** Its instruction, or why there is none. */
export function layerInstruction({ instruction }: Pick<ProfileLayer, 'instruction'>): string {
  return instruction === '' ? '(the history does not say)' : instruction;
}

/** `layer 3` for a change whose line nobody knows; empty for what is gone. */
export function layerPlace({ headPosition }: { readonly headPosition?: number }): string {
  return headPosition === undefined ? '' : `layer ${headPosition}`;
}
