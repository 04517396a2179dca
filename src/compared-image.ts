import { baseNotes, baseOfImage, type OpenImage, openNamedBase } from './base-of-image.ts';
import type { Baseline } from './baseline/find-baseline.ts';
import type { Side } from './compare/compare-profiles.ts';
import { creatingSide } from './compare/create-side.ts';
import { applyingLayers } from './image/apply-layers.ts';
import type { RecordedImage } from './open-report.ts';
import { creatingProfile } from './profile/create-profile.ts';
import { splitRecorded } from './profile/split-recorded.ts';
import type { ImageReport } from './report/report.ts';
import type { ReportSource } from './settings/compared-side.ts';
import type { ImageSource } from './settings/image-source.ts';
import { runInSlices } from './slices.ts';

/** One side of a comparison, weighed, with what it takes to say what it is. */
export type ComparedImage = Pick<Baseline, 'origin' | 'builder'> & {
  readonly side: Side;
  /** As typed, or what a report calls its image. */
  readonly name: string;
  /** Where a report knows them. */
  readonly files: Pick<ImageReport, 'dockerfile' | 'context'>;
  readonly notes: readonly string[];
};

type Naming = {
  /** The base image that was named for both sides. */
  readonly namedBase: ImageSource | undefined;
  readonly openImage: OpenImage;
};

/** Opens and weighs an image that exists. */
export async function weighImage(
  source: ImageSource,
  platform: string | undefined,
  { namedBase, openImage }: Naming,
): Promise<ComparedImage> {
  const image = await openImage(source, platform);
  const { knownBase, notes } = await baseOfImage(image, namedBase, openImage);
  const filesystem = await runInSlices(applyingLayers(image.layers));
  const clues = { provenance: undefined, chain: undefined, knownBase };
  const profile = await runInSlices(creatingProfile(image, filesystem, clues));
  return {
    side: await runInSlices(creatingSide({ image, filesystem, profile })),
    name: source.written,
    files: {},
    notes,
    origin: { source: 'image', reference: source.written, ...(image.digest === null ? {} : { digest: image.digest }) },
  };
}

/** What was weighed when the report was recorded; the base that is named now counts only where nobody built the image then. */
export async function weighRecorded(
  source: ReportSource,
  { entry, recorded, isBuilt }: RecordedImage,
  { namedBase, openImage }: Naming,
): Promise<ComparedImage> {
  const { commit, recordedAt, builder } = recorded;
  const { dockerfile, context } = entry;
  const named =
    namedBase === undefined || isBuilt
      ? undefined
      : await openNamedBase(namedBase, recorded.profile.platform, openImage);
  return {
    side: {
      profile: named === undefined ? recorded.profile : splitRecorded(recorded.profile, named),
      fileIndex: recorded.fileIndex,
    },
    name: entry.name,
    files: { ...(dockerfile === undefined ? {} : { dockerfile }), ...(context === undefined ? {} : { context }) },
    notes: named === undefined ? [] : baseNotes(recorded.profile, named),
    origin: { source: 'report', reference: source.written, recordedAt, ...(commit === undefined ? {} : { commit }) },
    ...(builder === undefined ? {} : { builder }),
  };
}
