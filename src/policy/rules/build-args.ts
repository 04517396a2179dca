import { z } from 'zod';
import { defineRule } from '../define-rule.ts';
import { lineEvidence } from '../layer-evidence.ts';
import { page } from '../pages/build-args.ts';

/** Tells of build arguments that do nothing: given but unused, or used in a FROM that cannot see them. */
export const buildArgs = defineRule({
  id: 'build-args',
  summary: 'Every build argument is declared where it is used.',
  severity: 'warning',
  needs: 'dockerfile',
  options: z.strictObject({}),
  page,
  check: ({ file, graph }) => {
    if (graph === undefined) return { findings: [], statement: 'not looked at: the Dockerfile names its own syntax' };
    const { warnings } = graph;
    return {
      findings: warnings.map(({ line, message, remedy }) => ({
        message,
        evidence: line === undefined ? [{ file }] : [lineEvidence(file, line)],
        remedy,
        origin: 'own',
      })),
      statement:
        warnings.length === 0
          ? 'every build argument is declared where it is used'
          : `${warnings.length} build ${warnings.length === 1 ? 'argument has' : 'arguments have'} no effect`,
    };
  },
});
