import type { RulePage } from '../rule-page.ts';

/** What a person has to say about rule `max-download-size`. */
export const page: RulePage = {
  why: 'What a registry sends decides how long a deployment or a new node waits, and it is what traffic is paid for.',
  counts: [
    "The sizes of the config and of the distinct layers of the platform's manifest, compressed. A layer that stands twice is sent once.",
    'Attestations, the manifest and the index do not count. Equal to the limit passes.',
    "Docker's classic image store keeps layers unpacked, so there is nothing to weigh: the verdict is then `error`, not `fail`.",
  ],
  fix: [
    'All that makes the unpacked image smaller helps: see `max-size`.',
    'Where the size is unknown, use a builder that writes OCI layers (`docker buildx create --use`), or turn on the containerd image store.',
  ],
  config: ['images:', '  api:', '    budget: { max-download-size: 25MB }'],
  waiverReason: 'symbols are needed in this release candidate',
};
