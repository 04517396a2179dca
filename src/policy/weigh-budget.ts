import type { Origin, Profile, ProfileLayer } from '../profile/profile.ts';
import { formatBytes } from '../report/format-bytes.ts';
import type { RawFinding, RuleResult } from './define-rule.ts';
import { largestLayer, layerEvidence, quoteInstruction } from './layer-evidence.ts';
import { mainMaker, makerEvidence, makerRemedy } from './main-maker.ts';

/** A number of bytes held to a limit; `kind` is how a size of this sort is called: `unpacked`, `to download`. */
export type Budget = {
  readonly actual: number;
  readonly limit: number;
  readonly kind: string;
  readonly bytesOf: (layer: ProfileLayer) => number | null;
};

/** Equal to the limit passes. What is over is blamed on the largest own layer. */
export function weighBudget(budget: Budget, profile: Profile, dockerfile: string): RuleResult {
  const { actual, limit, kind } = budget;
  return {
    findings: actual > limit ? [overBudget(budget, profile, dockerfile)] : [],
    statement: `${formatBytes(actual)} of ${formatBytes(limit)} ${kind}`,
    measure: { actual, limit, unit: 'bytes' },
  };
}

function overBudget(budget: Budget, profile: Profile, dockerfile: string): RawFinding {
  const { actual, limit, kind, bytesOf } = budget;
  const excess = actual - limit;
  const largest = largestLayer(profile, bytesOf);
  const origin = blame(budget, profile);
  const maker = largest && mainMaker(profile.files.largest, { layer: largest.position, bytes: largest.unpackedBytes });
  return {
    message: `the image is ${formatBytes(actual)} ${kind}, ${formatBytes(excess)} over its budget of ${formatBytes(limit)}`,
    evidence:
      largest === undefined
        ? []
        : [layerEvidence(largest.position, profile, dockerfile), ...makerEvidence(maker, dockerfile)],
    remedy: [originRemedy(origin, budget), largest && `${layerRemedy(largest, budget)}${makerRemedy(maker)}`]
      .filter(Boolean)
      .join('; '),
    savesBytes: excess,
    origin,
  };
}

/** A base that alone is over the budget leaves the own lines nothing to save. */
function blame({ limit, bytesOf }: Budget, { layers }: Profile): Origin {
  const ofBase = layers
    .filter((layer) => layer.origin === 'base')
    .reduce((total, layer) => total + (bytesOf(layer) ?? 0), 0);
  if (ofBase > limit) return 'base';
  return layers.some((layer) => layer.origin === 'unknown') ? 'unknown' : 'own';
}

function originRemedy(origin: Origin, { limit }: Budget): string | undefined {
  return origin === 'base'
    ? `the base image alone is over ${formatBytes(limit)}: take a smaller one or raise the budget`
    : undefined;
}

function layerRemedy(layer: ProfileLayer, { kind, bytesOf }: Budget): string {
  const whose = layer.origin === 'own' ? 'largest own layer' : 'largest layer';
  const bytes = formatBytes(bytesOf(layer) ?? 0);
  return `look first at the ${whose}, ${bytes} ${kind}: ${quoteInstruction(layer.instruction)}`;
}
