import { renderJson } from '../report/render-json.ts';
import type { ImageReport, Report } from '../report/report.ts';
import { type BaselineSubject, baselineKey, isCommit } from './cache-key.ts';
import { openCacheService } from './cache-service.ts';
import type { CacheLibraryOptions } from './call-cache-library.ts';

/** What became of one image's baseline. `isNew` is false where a re-run or another job had recorded it before. */
export type RecordedImage = { readonly image: string } & (
  | { readonly kind: 'recorded'; readonly key: string; readonly isNew: boolean }
  | { readonly kind: 'skipped'; readonly reason: string }
);

export type RecordOptions = CacheLibraryOptions & {
  readonly folder: string;
  /** Its `run.commit` is the commit that the baselines are of. */
  readonly report: Report;
  /** The branch that was pushed to; a run of another branch does not find them. */
  readonly branch: string;
  readonly variant?: string | undefined;
};

/** Records each weighed image as an entry of its own. To be called when nothing builds: a file lies in the working folder meanwhile. */
export async function recordInActionsCache({
  report,
  branch,
  variant,
  ...options
}: RecordOptions): Promise<readonly RecordedImage[]> {
  const service = openCacheService(options);
  const { commit = '' } = report.run;
  const results: RecordedImage[] = [];
  for (const image of report.images) {
    const skip = (reason: string) => results.push({ image: image.name, kind: 'skipped', reason });
    const weighed = image.platforms.find((each) => 'size' in each);
    if (!isCommit(commit)) skip('the commit of this run is not known');
    else if (weighed === undefined) skip(`${image.name} was not weighed`);
    else {
      const key = baselineKey({ ...subjectOf(image, weighed), variant, branch }, commit);
      const uploaded = await service.upload(key, renderJson({ ...report, images: [image] }));
      if ('failure' in uploaded) skip(`the Actions cache ${uploaded.failure}`);
      else results.push({ image: image.name, kind: 'recorded', key, isNew: uploaded.value });
    }
  }
  return results;
}

/** What a recorded image is found by. */
export function subjectOf(
  { name, dockerfile }: ImageReport,
  { platform, build }: ImageReport['platforms'][number],
): Omit<BaselineSubject, 'branch' | 'variant'> {
  return { image: name, dockerfile, target: build?.target, platform };
}
