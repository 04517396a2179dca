import type { Report } from '../report/report.ts';

/** What another builder would add, with the line that brings it. */
export function builderNotices({ builder }: Report): readonly string[] {
  if (builder?.driver !== 'docker' || builder.store !== 'classic') return [];
  return [
    'This builder writes images into the classic store of Docker: it exports no build cache, and there is no download size. ' +
      'The line `- uses: docker/setup-buildx-action@v4` before this step brings both.',
  ];
}
