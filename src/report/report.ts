import { z } from 'zod';
import { deltaSchema } from '../compare/delta.ts';
import { checkSchema, findingSchema } from '../policy/finding.ts';
import { profileSchema } from '../profile/profile.ts';

const maybe = z.exactOptional;
const milliseconds = z.number().nonnegative();
const line = z.int().positive();

export const verdictSchema = z.enum(['pass', 'fail', 'error']);

const errorSchema = z.object({ message: z.string(), hint: maybe(z.string()) });

export const stageSchema = z.object({
  name: maybe(z.string()),
  index: z.int().nonnegative(),
  base: z.string().describe('Resolved: an image reference, `scratch`, or the name (else the index) of a stage.'),
  line,
  isFinal: z.boolean(),
  isTest: z.boolean(),
  isNeeded: z.boolean().describe('False when neither the test nor the final target needs it.'),
  dependsOn: z.array(
    z.object({
      by: z.enum(['from', 'copy', 'mount']),
      stage: maybe(z.int().nonnegative()),
      image: maybe(z.string()),
      context: maybe(z.string()),
      line,
    }),
  ),
  durationMs: maybe(milliseconds).describe('Time its steps took in this run, both builds together.'),
  cached: maybe(z.boolean()).describe('All of its steps came from the build cache.'),
});

export const failureSchema = z.object({
  step: z.string(),
  line: maybe(line),
  exitCode: maybe(z.int()),
  message: z.string(),
  hint: maybe(z.string().describe('What to look at.')),
  log: z.array(z.string()),
});

export const testSchema = z.object({
  target: z.string(),
  status: z.enum(['passed', 'failed', 'cached', 'nothing-ran', 'absent']),
  durationMs: milliseconds,
  failures: z.array(failureSchema),
});

export const stepSchema = z.object({
  stage: maybe(z.string()),
  instruction: z.string(),
  line: maybe(line),
  cached: z.boolean(),
  durationMs: milliseconds,
  error: maybe(z.string()),
});

export const buildSchema = z.object({
  target: maybe(z.string()),
  durationMs: milliseconds,
  steps: z.array(stepSchema),
  failure: maybe(failureSchema),
});

export const baselineSchema = z.object({
  source: z.enum(['file', 'actions-cache', 'artifact', 'image', 'report', 'rebuild', 'none']),
  commit: maybe(z.string()).describe('Of an image what its label org.opencontainers.image.revision claims.'),
  reference: maybe(z.string()).describe('Of an image, and of what `compare` was given: as it was asked for.'),
  digest: maybe(z.string()).describe('Of an image: what stood behind the reference.'),
  recordedAt: maybe(z.string()),
  ref: maybe(z.string()).describe('The branch that it was recorded for, as `refs/heads/NAME`.'),
  wantedCommit: maybe(z.string()).describe('The base commit asked for; `commit` is the one there was.'),
  verified: maybe(z.boolean()).describe('False when it could have been planted by the run that it judges.'),
  unverifiedReason: maybe(z.string()),
  verdict: maybe(verdictSchema).describe("The image's verdict then."),
  findings: maybe(z.int().nonnegative()).describe('How many findings it had.'),
  tried: z.array(z.object({ source: z.string(), reason: z.string() })),
});

/** A platform whose image was built and weighed. Without build, baseline, delta, checks and findings it is a profile. */
export const weighedPlatformSchema = profileSchema.extend({
  build: maybe(buildSchema),
  baseline: baselineSchema,
  delta: maybe(deltaSchema),
  checks: z.array(checkSchema),
  findings: z.array(findingSchema),
});

/** A platform whose final target did not build: there is no image to weigh. */
export const unbuiltPlatformSchema = z.object({
  platform: z.string(),
  build: buildSchema.extend({ failure: failureSchema }),
});

export const waiverReportSchema = z.object({
  rule: z.string(),
  path: maybe(z.string()),
  reason: z.string(),
  owner: z.string(),
  expires: z.string(),
  status: z.enum(['used', 'expired', 'unused']),
});

export const imageReportSchema = z.object({
  name: z.string(),
  dockerfile: maybe(z.string()).describe('As a path from the working directory, for messages and links.'),
  context: maybe(z.string()),
  verdict: verdictSchema,
  error: maybe(errorSchema),
  stages: z.array(stageSchema).describe('Empty under a foreign `# syntax=`: only BuildKit knows them.'),
  notes: z.array(z.string()),
  test: maybe(testSchema),
  checks: z
    .array(checkSchema)
    .describe('Of rules about Dockerfile and tests; those about the image stand with its platform.'),
  findings: z.array(findingSchema).describe('About Dockerfile, tests and config.'),
  waivers: z.array(waiverReportSchema),
  platforms: z.array(z.union([weighedPlatformSchema, unbuiltPlatformSchema])),
});

/** The report of one run: `--format json`, and what every other format is rendered from. */
export const reportSchema = z.object({
  schemaVersion: z.literal(1),
  tool: z.object({ name: z.literal('stagegate'), version: z.string() }),
  verdict: verdictSchema,
  error: maybe(errorSchema),
  run: z.object({
    startedAt: z.string(),
    event: maybe(z.string()),
    commit: maybe(z.string()),
    baseCommit: maybe(z.string()),
    pullRequest: maybe(z.int()),
  }),
  builder: maybe(
    z.object({
      name: z.string(),
      driver: z.string(),
      store: maybe(z.enum(['classic', 'containerd'])),
      buildkit: z.string(),
      buildx: z.string(),
    }),
  ),
  images: z.array(imageReportSchema),
});

export type Verdict = z.infer<typeof verdictSchema>;
export type StageReport = z.infer<typeof stageSchema>;
export type TestReport = z.infer<typeof testSchema>;
export type BuildReport = z.infer<typeof buildSchema>;
export type StepReport = z.infer<typeof stepSchema>;
export type Failure = z.infer<typeof failureSchema>;
export type WeighedPlatform = z.infer<typeof weighedPlatformSchema>;
export type UnbuiltPlatform = z.infer<typeof unbuiltPlatformSchema>;
export type WaiverReport = z.infer<typeof waiverReportSchema>;
export type ImageReport = z.infer<typeof imageReportSchema>;
export type Report = z.infer<typeof reportSchema>;
