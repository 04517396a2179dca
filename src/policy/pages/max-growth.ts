import type { RulePage } from '../rule-page.ts';

/** What a person has to say about rule `max-growth`. */
export const page: RulePage = {
  why: 'An absolute budget lets an image creep up to it. Growth is noticed in the change that causes it, by the person who knows why.',
  counts: [
    "The unpacked size of this image less that of the baseline; a percentage is of the baseline's unpacked size. Equal to the limit passes, shrinking always does.",
    'Without a baseline, or where the two cannot be compared, the rule passes and says why nothing was compared.',
    'Growth of the base image counts too. The finding says whether the base or this Dockerfile grew more, and names the layer that grew most there.',
  ],
  fix: [
    'Look at the line that the finding names: a new dependency, a cache or a folder that `.dockerignore` should leave out.',
    'Growth that is meant: raise the limit for this change, or accept it with a waiver that ends soon.',
  ],
  config: ['images:', '  api:', '    budget: { max-growth: 5% }'],
  waiverReason: 'the new codec is part of this release',
};
