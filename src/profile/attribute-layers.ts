import type { BuildProvenance } from '../build/build-record.ts';
import type { Instruction } from '../dockerfile/stage-graph.ts';
import type { Image, Layer } from '../image/image.ts';
import type { RootFilesystem } from '../image/root-filesystem.ts';
import type { FinalChain } from './final-chain.ts';
import { baseLine, findInstruction, findTriggers, isImage, layerInstructions } from './final-chain.ts';
import type { HistoryMap } from './history-match.ts';
import { historyText, matchHistory } from './history-match.ts';
import type { KnownBase } from './known-base.ts';
import type { ProvenanceMap } from './layer-origin.ts';
import { mapProvenance } from './layer-origin.ts';
import type { ProfileLayer } from './profile.ts';

type Origin = Pick<ProfileLayer, 'origin' | 'originFrom'>;
type Maker = Pick<ProfileLayer, 'instruction' | 'stage' | 'line' | 'lineEnd' | 'lineFrom'>;
type Split = { readonly baseCount: number; readonly originFrom: ProfileLayer['originFrom'] } | undefined;

type LayerClues = {
  readonly provenance: BuildProvenance | undefined;
  readonly chain: FinalChain | undefined;
  /** Of an image that nobody built here; provenance and chain go first. */
  readonly knownBase?: KnownBase | undefined;
};

/**
 * Layers with their sizes, base first: which came with the base image, and which line made each of the others.
 * Provenance is exact and goes first; history steps in where it is silent. Without `chain` (foreign syntax) and
 * provenance nothing is claimed.
 */
export function attributeLayers(
  image: Image,
  filesystem: RootFilesystem,
  { provenance, chain, knownBase }: LayerClues,
): ProfileLayer[] {
  const exact = provenance && mapProvenance(image.layers, provenance, placeOf(chain));
  const guess = chain && matchHistory(image.history, image.layers.length, layerInstructions(chain));
  const split = splitAt(chain, exact, guess) ?? knownBase;
  const texts = layerTexts(image);
  const triggers = chain && exact ? findTriggers(chain, exact.lines) : new Map<number, Instruction>();
  return image.layers.map((layer) => ({
    ...sizes(layer, filesystem),
    ...originOf(layer.position, split),
    ...makerOf(layer.position, { exact, guess, split, chain, triggers, text: texts[layer.position] ?? '' }),
  }));
}

/** History stands 1:1 for the layers, or says nothing of any of them. */
function layerTexts({ history, layers }: Image): string[] {
  const entries = history.filter((entry) => !entry.isEmpty);
  return entries.length === layers.length ? entries.map(historyText) : [];
}

function placeOf(chain: FinalChain | undefined): Parameters<typeof mapProvenance>[2] {
  return {
    baseLine: chain && baseLine(chain),
    stages: chain === undefined ? [] : chain.stages.map((stage) => stage.lines),
  };
}

/** Where base ends and own begins. Scratch and a folder in the base's place have no layers of their own to be base. */
function splitAt(
  chain: FinalChain | undefined,
  exact: ProvenanceMap | undefined,
  guess: HistoryMap | undefined,
): Split {
  if (chain !== undefined && !isImage(chain.bottom)) {
    return { baseCount: 0, originFrom: exact === undefined ? 'history' : 'provenance' };
  }
  if (exact?.baseCount !== undefined) return { baseCount: exact.baseCount, originFrom: 'provenance' };
  if (guess?.baseCount !== undefined) return { baseCount: guess.baseCount, originFrom: 'history' };
  return undefined;
}

function sizes(layer: Layer, filesystem: RootFilesystem): Omit<ProfileLayer, keyof Origin | keyof Maker> {
  const { position, digest, diffId, mediaType, downloadBytes, unpackedBytes } = layer;
  return {
    position,
    digest,
    diffId,
    mediaType,
    downloadBytes,
    unpackedBytes,
    wastedBytes: filesystem.wastedByLayer[position] ?? 0,
    hidesBytes: filesystem.hidesByLayer[position] ?? 0,
  };
}

function originOf(position: number, split: Split): Origin {
  if (split === undefined) return { origin: 'unknown', originFrom: 'unknown' };
  return { origin: position < split.baseCount ? 'base' : 'own', originFrom: split.originFrom };
}

type Clues = {
  readonly exact: ProvenanceMap | undefined;
  readonly guess: HistoryMap | undefined;
  readonly split: Split;
  readonly chain: FinalChain | undefined;
  /** Of ONBUILD, by layer position. */
  readonly triggers: ReadonlyMap<number, Instruction>;
  readonly text: string;
};

function makerOf(position: number, { exact, guess, split, chain, triggers, text }: Clues): Maker {
  if (split !== undefined && position < split.baseCount) return { instruction: text };
  const known = exact?.lines.get(position);
  const guessed = guess?.instructions.get(position);
  const lines = known ?? guessed?.lines;
  if (lines === undefined) return { instruction: text };
  const place = chain && findInstruction(chain, lines);
  const trigger = triggers.get(position) ?? (known === undefined ? guessed : undefined);
  return {
    instruction: place?.instruction?.text ?? trigger?.text ?? (place === undefined ? text : `ONBUILD ${text}`),
    ...(place === undefined ? {} : { stage: place.stage.name ?? String(place.stage.index) }),
    line: lines.start,
    lineEnd: lines.end,
    lineFrom: known === undefined ? 'history' : 'provenance',
  };
}
