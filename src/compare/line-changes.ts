import type { LayerDelta } from './delta.ts';

/** What one line did. `edited`: one instruction stands where another of its kind stood; `was` is that other one. */
export type LineChange = Omit<LayerDelta, 'kind'> & {
  readonly kind: Exclude<LayerDelta['kind'], 'same'> | 'edited';
  readonly was?: string;
};

/**
 * The lines that changed, in the order of the layers. An edited instruction is another layer and the loss of one: where
 * exactly these two stand between layers that both images have, they are one change of one line.
 */
export function lineChanges(layers: readonly LayerDelta[]): LineChange[] {
  const changes: LineChange[] = [];
  let gap: LineChange[] = [];
  const closeGap = (): void => {
    changes.push(...mergeEdit(gap));
    gap = [];
  };
  for (const { kind, ...layer } of layers) {
    if (kind === 'added' || kind === 'removed') {
      gap.push({ kind, ...layer });
      continue;
    }
    closeGap();
    if (kind === 'changed') changes.push({ kind, ...layer });
  }
  closeGap();
  return changes;
}

function mergeEdit(gap: LineChange[]): LineChange[] {
  const [one, other, ...others] = gap;
  if (one === undefined || other === undefined || others.length > 0) return gap;
  const [added, removed] = one.kind === 'added' ? [one, other] : [other, one];
  const isEdit = added.kind === 'added' && removed.kind === 'removed' && isSameKind(added, removed);
  if (!isEdit) return gap;
  const { basePosition } = removed;
  return [
    {
      ...added,
      kind: 'edited',
      bytes: added.bytes + removed.bytes,
      was: removed.instruction,
      ...(basePosition === undefined ? {} : { basePosition }),
    },
  ];
}

function isSameKind(one: LineChange, other: LineChange): boolean {
  return one.origin === other.origin && keyword(one) !== '' && keyword(one) === keyword(other);
}

function keyword({ instruction }: LineChange): string {
  return /^[A-Z]+/.exec(instruction)?.[0] ?? '';
}
