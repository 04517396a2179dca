import type { RulePage } from '../rule-page.ts';

/** What a person has to say about rule `base-image`. */
export const page: RulePage = {
  why: 'The base image is most of what ships: who maintains it, how fast it is patched and what else it brings is decided by one FROM line.',
  counts: [
    'The external image under the final stage: FROM lines are followed through local stages down to it, with build arguments filled in. Images of build stages and of `COPY --from` do not count.',
    '`*` matches within one part of a name, `**` across parts: `gcr.io/distroless/**`. Names are compared in full, so `alpine` is `docker.io/library/alpine`, and `**` alone is every image but `scratch`.',
    'A glob without a tag takes every tag, one with a tag (`node:24-*`) only those; a reference without tag and digest has the tag `latest`. A digest has to be the same.',
    '`deny` wins over `final`. `scratch` is matched by `scratch` alone.',
  ],
  fix: [
    'Take one of the images that the finding names.',
    'Add the image to `final` in a change that its owners review.',
  ],
  config: [
    'policy:',
    '  rules:',
    '    base-image: [error, { final: [scratch, "gcr.io/distroless/**"], deny: ["**:latest"] }]',
  ],
  waiverReason: 'moves to distroless with the next major version',
};
