import { renderJson } from '../report/render-json.ts';
import type { Report } from '../report/report.ts';
import { type ArtifactServiceOptions, uploadArtifact } from './artifact-service.ts';
import { baselineArtifact, isCommit } from './cache-key.ts';
import { type RecordedImage, subjectOf } from './record-in-actions-cache.ts';

export type ArtifactRecordOptions = ArtifactServiceOptions & {
  readonly report: Report;
  readonly branch: string;
  readonly variant?: string | undefined;
};

/** Leaves each weighed image as an artifact of this run, each under a name of its own. */
export async function recordInArtifact({
  report,
  branch,
  variant,
  ...options
}: ArtifactRecordOptions): Promise<readonly RecordedImage[]> {
  const results: RecordedImage[] = [];
  for (const image of report.images) {
    const skip = (reason: string) => results.push({ image: image.name, kind: 'skipped', reason });
    const weighed = image.platforms.find((each) => 'size' in each);
    if (!isCommit(report.run.commit ?? '')) skip('the commit of this run is not known');
    else if (weighed === undefined) skip(`${image.name} was not weighed`);
    else {
      const key = baselineArtifact({ ...subjectOf(image, weighed), variant, branch });
      const uploaded = await uploadArtifact(key, renderJson({ ...report, images: [image] }), options);
      if ('failure' in uploaded) skip(`the artifact ${key} ${uploaded.failure}`);
      else results.push({ image: image.name, kind: 'recorded', key, isNew: uploaded.value });
    }
  }
  return results;
}
