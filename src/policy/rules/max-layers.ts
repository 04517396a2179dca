import { z } from 'zod';
import { defineRule } from '../define-rule.ts';
import { layerEvidence } from '../layer-evidence.ts';
import { page } from '../pages/max-layers.ts';

/** Holds the number of layers that this Dockerfile adds to its base to a limit. */
export const maxLayers = defineRule({
  id: 'max-layers',
  summary: 'The Dockerfile adds no more layers to its base image than its budget.',
  severity: 'off',
  needs: 'image',
  options: z.strictObject({
    limit: z.int().nonnegative().describe('Most own layers; those of the base image are not counted.'),
  }),
  page,
  check: ({ profile, dockerfile }, { limit }) => {
    const own = profile.layers.filter((layer) => layer.origin === 'own');
    const unknown = profile.layers.filter((layer) => layer.origin === 'unknown').length;
    if (own.length <= limit && own.length + unknown > limit) return unknownOrigin(unknown);
    const excess = own.length - limit;
    return {
      findings:
        excess <= 0
          ? []
          : [
              {
                message: `the Dockerfile adds ${own.length} layers, ${excess} over its budget of ${limit}`,
                evidence: own.slice(-evidenceLimit).map((layer) => layerEvidence(layer.position, profile, dockerfile)),
                remedy:
                  'join RUN and COPY instructions that belong together, or prepare files in a build stage and COPY once',
                origin: 'own',
              },
            ],
      statement: `${own.length} of ${limit} own layers`,
      measure: { actual: own.length, limit, unit: 'count' },
    };
  },
});

const evidenceLimit = 20;

function unknownOrigin(unknown: number) {
  return {
    findings: [],
    statement: `own layers cannot be counted: of ${unknown} layers it is unknown whether they are the base image's`,
    cannotJudge: { hint: 'build the image here, so that the build says which layers came with its base' },
  };
}
