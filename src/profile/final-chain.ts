import type { Instruction, LineRange, Source, Stage } from '../dockerfile/stage-graph.ts';

/** The stages that the final image is made of, final stage first, and what lies under the last of them. */
export type FinalChain = { readonly stages: readonly Stage[]; readonly bottom: Source };

const makesLayer = new Set(['RUN', 'COPY', 'ADD', 'WORKDIR']);

/** Instructions that give the image its own layers, oldest first; what a stage sets off by ONBUILD stands before its own. */
export function layerInstructions(chain: FinalChain): Instruction[] {
  return [...chain.stages]
    .reverse()
    .flatMap((stage) => [...layerTriggers(stage), ...stage.instructions.filter(isLayered)]);
}

/**
 * The ONBUILD triggers that made the layers which stand on a FROM line, by position: in their order, where there are
 * as many of both. What an external base brought is in no Dockerfile.
 */
export function findTriggers(chain: FinalChain, lines: ReadonlyMap<number, LineRange>): Map<number, Instruction> {
  const found = new Map<number, Instruction>();
  for (const stage of chain.stages) {
    const triggers = layerTriggers(stage);
    const positions = [...lines].filter(([, { start }]) => start === stage.lines.start).map(([position]) => position);
    if (positions.length !== triggers.length) continue;
    for (const [at, position] of positions.sort((a, b) => a - b).entries()) {
      const trigger = triggers[at];
      if (trigger !== undefined) found.set(position, trigger);
    }
  }
  return found;
}

function layerTriggers({ triggers = [] }: Stage): readonly Instruction[] {
  return triggers.filter(isLayered);
}

function isLayered({ keyword }: Instruction): boolean {
  return makesLayer.has(keyword);
}

/** The FROM line that names the external image; undefined when the chain ends in scratch or a folder. */
export function baseLine(chain: FinalChain): number | undefined {
  const bottom = chain.stages.at(-1);
  return isImage(chain.bottom) ? bottom?.edges.find((edge) => edge.by === 'from')?.line : undefined;
}

/** The stage and the instruction that stand at these lines. */
export function findInstruction(
  chain: FinalChain,
  lines: LineRange,
): { stage: Stage; instruction: Instruction | undefined } | undefined {
  const stage = chain.stages.find((each) => each.lines.start <= lines.start && lines.end <= each.lines.end);
  if (stage === undefined) return undefined;
  return { stage, instruction: stage.instructions.find((each) => each.lines.start === lines.start) };
}

/** An image, also one that a build context put in the base's place; a folder given as context is none. */
export function isImage(source: Source): boolean {
  return source.kind === 'image' || (source.kind === 'context' && imageContext.test(source.value));
}

/**
 * The base's reference as a reader knows it; undefined for a folder that stands in for an image. A layout on disk is
 * named by itself, never by the reference that it replaces: anybody can call a folder gcr.io/distroless/static.
 */
export function sourceReference(source: Source): string | undefined {
  if (source.kind === 'scratch') return 'scratch';
  if (source.kind === 'image') return source.reference;
  if (source.kind === 'stage' || !imageContext.test(source.value)) return undefined;
  return source.value.replace(/^docker-image:\/\//, '');
}

const imageContext = /^(docker-image|oci-layout):\/\//;
