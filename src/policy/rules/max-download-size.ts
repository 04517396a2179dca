import { z } from 'zod';
import { byteLimit } from '../byte-limit.ts';
import { defineRule } from '../define-rule.ts';
import { page } from '../pages/max-download-size.ts';
import { weighBudget } from '../weigh-budget.ts';

/** Holds the bytes that a machine without any of the layers would pull to a limit. */
export const maxDownloadSize = defineRule({
  id: 'max-download-size',
  summary: 'The image is no larger than its budget, compressed as a registry would send it.',
  severity: 'off',
  needs: 'image',
  options: z.strictObject({
    limit: byteLimit('Most bytes of the config and the distinct layers together, compressed.'),
  }),
  page,
  check: ({ profile, dockerfile }, { limit }) => {
    const { downloadBytes } = profile.size;
    if (downloadBytes === null) return unknownDownload;
    return weighBudget(
      {
        actual: downloadBytes,
        limit,
        kind: 'to download',
        bytesOf: (layer) => layer.downloadBytes,
      },
      profile,
      dockerfile,
    );
  },
});

const unknownDownload = {
  findings: [],
  statement: 'the download size is unknown: this image store keeps no compressed layers',
  cannotJudge: {
    hint: 'build with a builder that writes OCI layers: `docker buildx create --use`, or turn on the containerd image store of Docker',
  },
};
