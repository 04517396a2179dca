import type { Profile, ProfileLayer } from '../profile/profile.ts';
import type { Evidence } from './finding.ts';

/** Points at a layer and at the Dockerfile lines that answer for it: its instruction, for a base layer the FROM. */
export function layerEvidence(position: number, profile: Profile, dockerfile: string | undefined): Evidence {
  const layer = profile.layers.find((each) => each.position === position);
  const isBase = layer?.line === undefined && layer?.origin === 'base';
  return { layer: position, ...lineEvidence(dockerfile, isBase ? profile.base.line : layer?.line, layer?.lineEnd) };
}

/** Points at lines of the Dockerfile, or at nothing where they are unknown. */
export function lineEvidence(dockerfile: string | undefined, line: number | undefined, lineEnd?: number): Evidence {
  if (line === undefined) return {};
  const file = dockerfile === undefined ? {} : { file: dockerfile };
  return { ...file, line, ...(lineEnd === undefined || lineEnd <= line ? {} : { lineEnd }) };
}

/** The largest layer of this Dockerfile; of the whole image where none is known as its own. */
export function largestLayer(
  { layers }: Profile,
  bytesOf: (layer: ProfileLayer) => number | null,
): ProfileLayer | undefined {
  const own = layers.filter((layer) => layer.origin === 'own');
  const candidates = own.length > 0 ? own : layers;
  return [...candidates].sort((one, other) => (bytesOf(other) ?? 0) - (bytesOf(one) ?? 0))[0];
}

/** An instruction short enough for a sentence. */
export function quoteInstruction(instruction: string): string {
  return `\`${instruction.length > 60 ? `${instruction.slice(0, 59)}…` : instruction}\``;
}
