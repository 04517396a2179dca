import type { RulePage } from '../rule-page.ts';

/** What a person has to say about rule `max-layers`. */
export const page: RulePage = {
  why: 'Each layer costs a request when the image is pulled, and each layer that rewrites files of another one carries them twice.',
  counts: [
    'Layers that this Dockerfile made: RUN, COPY, ADD and WORKDIR of the final stage and of the stages under it, also those that change nothing.',
    'Layers of the base image do not count. Where it is unknown whose a layer is, and that decides the result, the verdict is `error`.',
    'Equal to the limit passes.',
  ],
  fix: ['Join RUN instructions that belong together.', 'Gather files in a build stage and COPY them at once.'],
  config: ['images:', '  api:', '    budget: { max-layers: 12 }'],
  waiverReason: 'one layer for each model keeps updates small',
};
