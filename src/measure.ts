import type { Builder, BuildRecord, BuiltImage } from './build/build-record.ts';
import { redactValues } from './build/redact.ts';
import { buildArgumentValues, variableOf } from './build/secret-values.ts';
import { findTarget } from './dockerfile/find-target.ts';
import { fromChain } from './dockerfile/from-chain.ts';
import { neededStages } from './dockerfile/needed-stages.ts';
import { readDockerfile } from './dockerfile/read-dockerfile.ts';
import type { DockerfileReading, Refusal, StageGraph } from './dockerfile/stage-graph.ts';
import type { Known } from './dockerfile/writes/known.ts';
import type { Weighed } from './head-side.ts';
import { applyingLayers } from './image/apply-layers.ts';
import type { Image } from './image/image.ts';
import { creatingProfile } from './profile/create-profile.ts';
import type { FinalChain } from './profile/final-chain.ts';
import { knowingBase } from './profile/known-sources.ts';
import { makerFinder, nameLargest } from './profile/name-makers.ts';
import { redactConfig } from './profile/redact-config.ts';
import type { StageRoles } from './report/describe-stages.ts';
import type { ImageEntry } from './settings/settings.ts';
import { runInSlices } from './slices.ts';

/** What both builds of an entry are about. */
export type BuildOrder = {
  readonly entry: ImageEntry;
  readonly builder: Builder;
  /** Undefined under a foreign `# syntax=`. */
  readonly graph: StageGraph | undefined;
};

/** What measuring does to the world, handed in so that a test can stand in for an engine. */
export type MeasureEffects = {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly readDockerfileText: (entry: ImageEntry) => Promise<string>;
  /** Asked once in a run; the same promise for every entry. */
  readonly builder: () => Promise<Builder>;
  /** Platform that the engine builds for when none is asked, `os/arch`. */
  readonly hostPlatform: string;
  /** Builds both targets at once; `onFinal` starts as soon as the final one has ended. A target that fails is a record. */
  readonly buildTargets: (
    order: BuildOrder,
    onFinal: (record: BuildRecord) => Promise<void>,
  ) => Promise<{ readonly test?: BuildRecord; readonly final: BuildRecord }>;
  /** Tells what stands in the build context, by name alone. */
  readonly lookInContext: (entry: ImageEntry) => Promise<Known['context']>;
  readonly openImage: (built: BuiltImage, platform: string | undefined) => Promise<Image>;
};

/** What one entry turned out to be: refused before any build, or built as far as it went. */
export type Measurement =
  | { readonly kind: 'refused'; readonly refusals: readonly Refusal[] }
  | {
      readonly kind: 'built';
      readonly builder: Builder;
      readonly graph: StageGraph | undefined;
      /** `# syntax=` of a frontend that is not Docker's: the graph is unknown then. */
      readonly foreignSyntax: string | undefined;
      readonly roles: StageRoles | undefined;
      readonly test: BuildRecord | undefined;
      readonly final: BuildRecord;
      /** Undefined when the final target did not build. */
      readonly weighed: Weighed | undefined;
    };

/** From one entry to the profile of its final image: plan, both builds at once, open, profile. Errors of the engine are thrown. */
export async function measure(entry: ImageEntry, effects: MeasureEffects): Promise<Measurement> {
  const text = await effects.readDockerfileText(entry);
  // What BuildKit would refuse is said even where no engine answers, unless it may hang on the builder's platform.
  const early = readPlan(text, entry, effects, effects.hostPlatform);
  if (early.kind === 'refused' && !platformArgument.test(text)) return early;
  const builder = await effects.builder();
  const reading = builder.platform === undefined ? early : readPlan(text, entry, effects, builder.platform);
  if (reading.kind === 'refused') return reading;
  const graph = reading.kind === 'graph' ? reading.graph : undefined;
  const roles = graph && stageRoles(graph, entry);
  const chain = graph && roles && fromChain(graph, roles.finalIndex);
  let weighed: Weighed | undefined;
  const { test, final } = await effects.buildTargets({ entry, builder, graph }, async (record) => {
    weighed = await weigh(record, { entry, graph, chain, effects });
  });
  const foreignSyntax = reading.kind === 'foreign' ? reading.dockerfile.syntax : undefined;
  return { kind: 'built', builder, graph, foreignSyntax, roles, test, final, weighed };
}

const platformArgument = /\b(TARGET|BUILD)(PLATFORM|OS|ARCH|VARIANT|OSVERSION)\b/;

function readPlan(text: string, entry: ImageEntry, { env }: MeasureEffects, platform: string): DockerfileReading {
  return readDockerfile(text, {
    file: entry.dockerfileAsWritten,
    buildArgs: givenArguments(entry.buildArgs, env),
    buildContexts: entry.buildContexts,
    targets: entry.testTarget === undefined ? [entry.target] : [entry.target, entry.testTarget],
    platform,
    targetPlatform: entry.platform ?? platform,
  });
}

/** As buildx takes them: a name without a value has that of the environment, and without one there is not given at all. */
export function givenArguments(
  buildArgs: ImageEntry['buildArgs'],
  env: MeasureEffects['env'],
): Readonly<Record<string, string>> {
  const resolved = Object.entries(buildArgs).map(([name, value]) => [name, value ?? variableOf(env, name)] as const);
  return Object.fromEntries(resolved.filter((entry): entry is [string, string] => entry[1] !== undefined));
}

type Weighing = {
  readonly entry: ImageEntry;
  readonly graph: StageGraph | undefined;
  readonly chain: FinalChain | undefined;
  readonly effects: MeasureEffects;
};

async function weigh(final: BuildRecord, { entry, graph, chain, effects }: Weighing): Promise<Weighed | undefined> {
  if (final.image === undefined) return undefined;
  const image = await effects.openImage(final.image, entry.platform);
  const filesystem = await runInSlices(applyingLayers(image.layers));
  const profile = await runInSlices(creatingProfile(image, filesystem, { provenance: final.provenance, chain }));
  const know = async () => ({
    context: await effects.lookInContext(entry),
    image: await runInSlices(knowingBase(image, profile)),
  });
  const findMadeBy = graph && chain && makerFinder(profile.layers, { graph, chain, known: await know() });
  const redact = redactValues(buildArgumentValues(entry, effects.env));
  const named = findMadeBy === undefined ? profile : nameLargest(profile, findMadeBy);
  return { profile: redactConfig(named, redact), image, filesystem, findMadeBy };
}

/** Which stages are final and test, and which of the others they need. */
export function stageRoles(
  graph: StageGraph,
  { target, testTarget }: Pick<ImageEntry, 'target' | 'testTarget'>,
): StageRoles {
  const finalIndex = findTarget(graph, target) ?? graph.defaultTarget;
  const testIndex = testTarget === undefined ? undefined : findTarget(graph, testTarget);
  const wanted = testIndex === undefined ? [finalIndex] : [finalIndex, testIndex];
  return { finalIndex, testIndex, isNeeded: neededStages(graph, wanted) };
}
