import { z } from 'zod';
import { defineRule } from '../define-rule.ts';
import { page } from '../pages/dockerfile.ts';

/** States that a Dockerfile was read; what BuildKit would refuse never gets here, see `refusalFindings`. */
export const dockerfile = defineRule({
  id: 'dockerfile',
  summary: 'BuildKit would take the Dockerfile: every stage, source and target in it exists.',
  severity: 'error',
  needs: 'dockerfile',
  options: z.strictObject({}),
  page,
  check: ({ file, graph }) => ({
    findings: [],
    statement:
      graph === undefined
        ? `${file} names its own syntax, which only BuildKit can judge`
        : `${file} has ${graph.stages.length} ${graph.stages.length === 1 ? 'stage' : 'stages'} and nothing that BuildKit refuses`,
  }),
});
