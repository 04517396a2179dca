import { z } from 'zod';
import { byteLimit } from '../byte-limit.ts';
import { defineRule } from '../define-rule.ts';
import { page } from '../pages/max-size.ts';
import { weighBudget } from '../weigh-budget.ts';

/** Holds the unpacked size of the image, base included, to a limit. */
export const maxSize = defineRule({
  id: 'max-size',
  summary: 'The image is no larger than its budget, unpacked.',
  severity: 'off',
  needs: 'image',
  options: z.strictObject({
    limit: byteLimit('Most bytes of all layers together, unpacked, the base image included.'),
  }),
  page,
  check: ({ profile, dockerfile }, { limit }) =>
    weighBudget(
      {
        actual: profile.size.unpackedBytes,
        limit,
        kind: 'unpacked',
        bytesOf: (layer) => layer.unpackedBytes,
      },
      profile,
      dockerfile,
    ),
});
