import { z } from 'zod';
import type { Delta } from '../../compare/delta.ts';
import { type LineChange, lineChanges } from '../../compare/line-changes.ts';
import type { Origin } from '../../profile/profile.ts';
import { formatBytes } from '../../report/format-bytes.ts';
import { defineRule } from '../define-rule.ts';
import { describeGrowth, growthLimit } from '../describe-growth.ts';
import { layerEvidence, quoteInstruction } from '../layer-evidence.ts';
import { mainMaker, makerEvidence, makerRemedy } from '../main-maker.ts';
import { page } from '../pages/max-growth.ts';

/** Holds the growth of the unpacked size against the baseline to a limit. */
export const maxGrowth = defineRule({
  id: 'max-growth',
  summary: 'The image has not grown by more than was allowed since the baseline, unpacked.',
  severity: 'off',
  needs: 'comparison',
  options: z.strictObject({
    limit: growthLimit.meta({
      title: '`5%`, or a size: `2MB`, `1.9MiB`, bytes',
      description: 'Most growth of the unpacked size, as a share of the baseline or in bytes.',
    }),
  }),
  page,
  check: ({ profile, delta, noDelta, dockerfile }, { limit }) => {
    if (delta === undefined) return { findings: [], statement: `growth not judged: ${noDelta ?? 'no baseline'}` };
    const baseline = profile.size.unpackedBytes - delta.unpackedBytes;
    const growth = describeGrowth(delta.unpackedBytes, baseline, limit);
    const allowed = 'bytes' in limit ? limit.bytes : (baseline * limit.percent) / 100;
    if (delta.unpackedBytes <= allowed) return { findings: [], ...growth };
    const origin = blame(delta);
    const layer = mostGrown(delta, origin);
    const position = layer?.headPosition;
    const maker =
      layer && position !== undefined ? mainMaker(delta.files, { layer: position, bytes: layer.bytes }) : undefined;
    const finding = {
      message: `the image grew too much: ${growth.statement}`,
      evidence:
        position === undefined
          ? []
          : [layerEvidence(position, profile, dockerfile), ...makerEvidence(maker, dockerfile)],
      remedy: `${remedy(layer, origin)}${makerRemedy(maker)}`,
      savesBytes: Math.ceil(delta.unpackedBytes - allowed),
      origin,
    };
    return { findings: [finding], ...growth };
  },
});

function blame({ base, own }: Delta): Origin {
  if (base === null || own === null) return 'unknown';
  return base.unpackedBytes > own.unpackedBytes ? 'base' : 'own';
}

/** An edited line is one change, as the headline has it. */
function mostGrown({ layers }: Delta, origin: Origin): LineChange | undefined {
  return lineChanges(layers)
    .filter((layer) => layer.bytes > 0 && (origin === 'unknown' || layer.origin === origin))
    .sort((one, other) => other.bytes - one.bytes)[0];
}

function remedy(layer: LineChange | undefined, origin: Origin): string {
  if (origin === 'base') return 'most of the growth is in the base image: pin or replace it, or raise `max-growth`';
  if (layer === undefined) return 'undo the growth or raise `max-growth`';
  return `look first at ${quoteInstruction(layer.instruction)}, which gave ${formatBytes(layer.bytes, { sign: true })}`;
}
