import { type BaseOfImage, baseOfImage, type OpenImage } from './base-of-image.ts';
import { creatingSide } from './compare/create-side.ts';
import { applyingLayers } from './image/apply-layers.ts';
import type { Image } from './image/image.ts';
import type { RootFilesystem } from './image/root-filesystem.ts';
import { creatingProfile } from './profile/create-profile.ts';
import { defaultLists, type Lists } from './profile/lists.ts';
import { recordIndexes } from './record-indexes.ts';
import type { Report } from './report/report.ts';
import type { InspectSettings } from './settings/inspect-settings.ts';
import { runInSlices } from './slices.ts';
import { UserError } from './user-error.ts';
import { version } from './version.ts';

/** What inspecting does to the world, handed in so that a test needs no engine. */
export type InspectEffects = {
  readonly now: () => Date;
  readonly openImage: OpenImage;
};

/** The report with the lists that were asked for, and the whole one that can be compared with later. */
export type Inspection = { readonly report: Report; readonly record: () => Promise<Report> };

type Opened = BaseOfImage & {
  readonly name: string;
  readonly startedAt: string;
  readonly image: Image;
  readonly filesystem: RootFilesystem;
};

/** Opens and weighs an image that exists. Nothing is built and nothing is judged: its verdict is a pass. */
export async function inspect(
  { source, base, platform, lists }: Pick<InspectSettings, 'source' | 'base' | 'platform' | 'lists'>,
  { now, openImage }: InspectEffects,
): Promise<Inspection> {
  const startedAt = now().toISOString();
  const image = await openImage(source, platform);
  refuseLayer(lists, image);
  const ofBase = await baseOfImage(image, base, openImage);
  const filesystem = await runInSlices(applyingLayers(image.layers));
  const opened = { name: source.written, startedAt, image, filesystem, ...ofBase };
  return { report: await describe(opened, lists), record: () => describeForRecord(opened) };
}

function refuseLayer({ layer }: Lists, { layers }: Image): void {
  if (layer === undefined || layer < layers.length) return;
  throw new UserError(`--layer: the image has no layer ${layer}`, {
    hint: layers.length === 0 ? 'It has none at all.' : `Its layers are 0 to ${layers.length - 1}, base first.`,
  });
}

/** With the lists that every recorded report has, and its files for a later comparison. */
async function describeForRecord(opened: Opened): Promise<Report> {
  const report = await describe(opened, defaultLists);
  const [profile] = report.images.flatMap(({ platforms }) => platforms).filter((each) => 'size' in each);
  if (profile === undefined) return report;
  const side = await runInSlices(creatingSide({ ...opened, profile }));
  return recordIndexes(report, new Map([[opened.name, side]]));
}

async function describe(
  { name, startedAt, image, filesystem, knownBase, notes }: Opened,
  lists: Lists,
): Promise<Report> {
  const clues = { provenance: undefined, chain: undefined, knownBase, lists };
  const profile = await runInSlices(creatingProfile(image, filesystem, clues));
  return {
    schemaVersion: 1,
    tool: { name: 'stagegate', version },
    verdict: 'pass',
    run: { startedAt },
    images: [
      {
        name,
        verdict: 'pass',
        stages: [],
        notes: [...notes],
        checks: [],
        findings: [],
        waivers: [],
        platforms: [{ ...profile, baseline: { source: 'none', tried: [] }, checks: [], findings: [] }],
      },
    ],
  };
}
