import { z } from 'zod';

const maybe = z.exactOptional;

export const evidenceSchema = z.object({
  path: maybe(z.string()).describe('Inside the image.'),
  layer: maybe(z.int().nonnegative()),
  file: maybe(z.string()).describe('In the repository.'),
  line: maybe(z.int().positive()),
  lineEnd: maybe(z.int().positive()).describe('Last line, where the instruction has several.'),
});

/** What one rule found once, with the proof and the way out. */
export const findingSchema = z.object({
  rule: z.string(),
  severity: z.enum(['error', 'warning']),
  message: z.string(),
  evidence: z.array(evidenceSchema),
  remedy: z.string(),
  savesBytes: maybe(z.int().nonnegative()),
  origin: z.enum(['base', 'own', 'unknown']),
  isNew: z.boolean().nullable().describe('Against the baseline; null without one.'),
  waiver: maybe(z.object({ reason: z.string(), owner: z.string(), expires: z.string(), isExpired: z.boolean() })),
});

/** What became of one rule: stated for passes too, since "checked and fine" is what a reviewer looks for. */
export const checkSchema = z.object({
  rule: z.string(),
  severity: z.enum(['error', 'warning']),
  status: z.enum(['passed', 'failed', 'waived', 'not-judged']),
  statement: z.string().describe('One line: what is so. `max-size`: "58.1 MB of 60.0 MB unpacked".'),
  hint: maybe(z.string()).describe('What to do where the status is not-judged.'),
  measure: maybe(
    z.object({ actual: z.number().nullable(), limit: z.number(), unit: z.enum(['bytes', 'percent', 'count']) }),
  ),
});

export type Evidence = z.infer<typeof evidenceSchema>;
export type Finding = z.infer<typeof findingSchema>;
export type Check = z.infer<typeof checkSchema>;
