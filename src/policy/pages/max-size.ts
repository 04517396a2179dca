import type { RulePage } from '../rule-page.ts';

/** What a person has to say about rule `max-size`. */
export const page: RulePage = {
  why: 'A larger image is pulled more slowly, needs more disk on every node and holds more to patch. Without a number that was agreed on, nobody notices the day on which a dependency doubled it.',
  counts: [
    'The logical sizes of all regular files of all layers, the base image included, each version of a file that was written more than once. Hard links, symlinks and directories count 0.',
    'Equal to the limit passes.',
    '`MB` is 10^6 bytes, `MiB` is 2^20. The number is not that of `docker images`: what Docker calls the size differs from one image store to another.',
    'The finding names the largest layer of this Dockerfile, and says so when the base image alone is over the limit.',
  ],
  fix: [
    'Leave compilers, caches and development dependencies in a build stage and `COPY --from` only what runs.',
    'Delete files in the same RUN that made them: a later RUN only hides them.',
    'Take a smaller base image, or raise the limit in a change that says why.',
  ],
  config: ['images:', '  api:', '    budget: { max-size: 60MB }'],
  waiverReason: 'the model file ships inside until the store is ready',
};
