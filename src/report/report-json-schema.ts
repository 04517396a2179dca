import { z } from 'zod';
import { deltaSchema, layerDeltaSchema } from '../compare/delta.ts';
import { checkSchema, evidenceSchema, findingSchema } from '../policy/finding.ts';
import { listedFileSchema, originSchema, profileLayerSchema, sizeSchema } from '../profile/profile.ts';
import {
  baselineSchema,
  buildSchema,
  failureSchema,
  imageReportSchema,
  reportSchema,
  stageSchema,
  stepSchema,
  testSchema,
  unbuiltPlatformSchema,
  verdictSchema,
  waiverReportSchema,
  weighedPlatformSchema,
} from './report.ts';

const definitions = {
  verdict: verdictSchema,
  image: imageReportSchema,
  stage: stageSchema,
  test: testSchema,
  weighedPlatform: weighedPlatformSchema,
  unbuiltPlatform: unbuiltPlatformSchema,
  size: sizeSchema,
  layer: profileLayerSchema,
  origin: originSchema,
  listedFile: listedFileSchema,
  build: buildSchema,
  step: stepSchema,
  failure: failureSchema,
  baseline: baselineSchema,
  delta: deltaSchema,
  layerDelta: layerDeltaSchema,
  check: checkSchema,
  finding: findingSchema,
  evidence: evidenceSchema,
  waiver: waiverReportSchema,
};

for (const [id, schema] of Object.entries(definitions)) z.globalRegistry.add(schema, { id });

/** The JSON Schema (draft 2020-12) of `--format json`, as committed under schema/report.schema.json. */
export function reportJsonSchema(): Record<string, unknown> {
  // As input: an output schema would forbid the fields that a later version adds.
  const { $schema, ...body } = z.toJSONSchema(reportSchema, { target: 'draft-2020-12', io: 'input' });
  return {
    $schema,
    title: 'Stagegate report',
    description:
      'What `stagegate --format json` writes. Fields may be added within one schemaVersion; none change their meaning.',
    ...body,
  };
}
