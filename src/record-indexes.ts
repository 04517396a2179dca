import type { IndexedSide } from './compare/create-side.ts';
import { encodingFileIndex } from './compare/file-index/encode-file-index.ts';
import type { ImageReport, Report, WeighedPlatform } from './report/report.ts';
import { runInSlices } from './slices.ts';

/** What a later comparison by file needs of each weighed image, by the image's name. */
export type RecordedSides = ReadonlyMap<string, IndexedSide>;

/** The report as it is recorded: with file indexes and fingerprints of layers, which nobody reads but a later run. */
export async function recordIndexes(report: Report, sides: RecordedSides): Promise<Report> {
  const images: ImageReport[] = [];
  for (const image of report.images) {
    const side = sides.get(image.name);
    if (side === undefined) images.push(image);
    else images.push({ ...image, platforms: await Promise.all(image.platforms.map((each) => addIndex(each, side))) });
  }
  return { ...report, images };
}

async function addIndex(
  platform: ImageReport['platforms'][number],
  { profile, fileIndex }: IndexedSide,
): Promise<ImageReport['platforms'][number]> {
  if (!('size' in platform)) return platform;
  return { ...withFingerprints(platform, profile), fileIndex: await runInSlices(encodingFileIndex(fileIndex)) };
}

function withFingerprints(platform: WeighedPlatform, { layers }: IndexedSide['profile']): WeighedPlatform {
  const printed = platform.layers.map((layer, at) => {
    const fingerprint = layers[at]?.fingerprint;
    return fingerprint === undefined ? layer : { ...layer, fingerprint };
  });
  return { ...platform, layers: printed };
}
