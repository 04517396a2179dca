import type { BuildProvenance } from '../build/build-record.ts';
import type { Image, RuntimeConfig } from '../image/image.ts';
import type { RootFilesystem } from '../image/root-filesystem.ts';
import { runAtOnce, type Steps } from '../slices.ts';
import { attributeLayers } from './attribute-layers.ts';
import { baseFamily } from './base-family.ts';
import { ContentsSurvey } from './contents/describe-contents.ts';
import { PackageList } from './contents/list-packages.ts';
import type { FinalChain } from './final-chain.ts';
import { baseLine, isImage, sourceReference } from './final-chain.ts';
import type { KnownBase } from './known-base.ts';
import { defaultLists, describeWaste, describingFiles, focusOf, type Lists } from './lists.ts';
import type { Profile } from './profile.ts';
import { readUser } from './read-user.ts';

/** What the profile is made of besides the image: provenance and chain are undefined when nobody built it here. */
export type ProfileClues = {
  readonly provenance: BuildProvenance | undefined;
  readonly chain: FinalChain | undefined;
  /** What is known of its base then. */
  readonly knownBase?: KnownBase | undefined;
  readonly lists?: Lists;
};

/** All that is known of one image, as data. Sizes in bytes as design "Sizes" defines them. The same image gives the same profile. */
export function createProfile(image: Image, filesystem: RootFilesystem, clues: ProfileClues): Profile {
  return runAtOnce(creatingProfile(image, filesystem, clues));
}

/** The same in steps: every file is looked at. */
export function* creatingProfile(image: Image, filesystem: RootFilesystem, clues: ProfileClues): Steps<Profile> {
  const layers = attributeLayers(image, filesystem, clues);
  const { lists = defaultLists } = clues;
  const packages = new PackageList();
  const survey = new ContentsSurvey(filesystem, lists);
  const files = yield* describingFiles(filesystem, lists, (node) => {
    packages.add(node);
    survey.add(node);
  });
  return {
    platform: image.platform,
    digest: image.digest,
    configDigest: image.configDigest,
    ...(image.created === undefined ? {} : { created: image.created }),
    size: weigh(image, filesystem),
    layers,
    user: readUser(image, filesystem, clues.chain),
    config: describeConfig(image.config),
    base: describeBase(filesystem, clues),
    files,
    waste: describeWaste(filesystem, lists),
    packages: yield* packages.list(),
    contents: survey.finish(layers, packages.notes),
    ...focusOf(lists),
  };
}

/** A null downloadBytes of any layer makes the whole null: half a sum would read like a number. */
function weigh(image: Image, filesystem: RootFilesystem): Profile['size'] {
  const downloads = image.layers.map((layer) => layer.downloadBytes);
  const known = downloads.filter((bytes) => bytes !== null);
  return {
    downloadBytes: known.length === downloads.length && image.digest !== null ? sum(known) + image.configBytes : null,
    unpackedBytes: sum(image.layers.map((layer) => layer.unpackedBytes)),
    visibleBytes: filesystem.visibleBytes,
    wastedBytes: filesystem.wastedBytes,
    notes: [...image.notes, ...filesystem.notes],
  };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}

/** ENV by name only: values may be secrets and the report is public. */
function describeConfig(config: RuntimeConfig): Profile['config'] {
  return {
    entrypoint: config.entrypoint && [...config.entrypoint],
    cmd: config.cmd && [...config.cmd],
    workingDir: config.workingDir,
    env: config.env.map((each) => each.split('=', 1)[0] ?? ''),
    ports: [...config.exposedPorts].sort(),
    volumes: [...config.volumes].sort(),
    labels: Object.fromEntries(Object.entries(config.labels).sort(([one], [other]) => (one < other ? -1 : 1))),
    ...(config.healthcheck === undefined ? {} : { healthcheck: [...config.healthcheck] }),
    ...(config.stopSignal === undefined ? {} : { stopSignal: config.stopSignal }),
  };
}

function describeBase(filesystem: RootFilesystem, { chain, provenance, knownBase }: ProfileClues): Profile['base'] {
  const reference = chain ? sourceReference(chain.bottom) : knownBase?.reference;
  const digest =
    chain && isImage(chain.bottom) && reference !== undefined
      ? materialDigest(reference, provenance)
      : knownBase?.digest;
  const line = chain && baseLine(chain);
  return {
    ...(reference === undefined ? {} : { reference }),
    ...(digest === undefined ? {} : { digest }),
    ...(line === undefined ? {} : { line }),
    family: baseFamily(filesystem, reference === 'scratch'),
    viaStages: (chain?.stages ?? []).slice(1).map((stage) => stage.name ?? String(stage.index)),
  };
}

/** Provenance lists every image of the build; the one meant is the one of this reference. */
function materialDigest(reference: string, provenance: BuildProvenance | undefined): string | undefined {
  const pinned = reference.split('@')[1];
  if (pinned !== undefined) return pinned;
  return provenance?.materials.find((material) => shortReference(material.reference) === shortReference(reference))
    ?.digest;
}

function shortReference(reference: string): string {
  const familiar = reference.replace(/^docker\.io\//, '').replace(/^library\//, '');
  return /:[^/]+$/.test(familiar) ? familiar : `${familiar}:latest`;
}
