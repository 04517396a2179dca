import type { RulePage } from '../rule-page.ts';

/** What a person has to say about rule `nonroot`. */
export const page: RulePage = {
  why: 'A process that is root in its container is root to the kernel for all that the container does not fence off: one mistake in a mount or a capability and it is root on the node.',
  counts: [
    'The user of the built image, whoever set it: this Dockerfile, the base image, or nobody, which means root. USER lines of other stages do not matter.',
    "The uid decides, not the spelling: `0`, `0:0`, `root:x` and a second name with uid 0 are root. A name is looked up in the image's own `/etc/passwd`.",
    'A name that the image does not know is a finding of its own, since such a container does not start. So is a group that the image does not know.',
    'The group 0 with another uid is fine: it is the default where passwd has no entry, and platforms that choose a uid at random rely on it.',
  ],
  fix: [
    'End the final stage with `USER 65532:65532`. A number works in every image and lets Kubernetes verify `runAsNonRoot`.',
    'Give files that the program writes to that user: `COPY --chown=65532:65532`.',
    'Ports below 1024 need no root in containers of today; where they do, listen on 8080.',
  ],
  config: ['policy:', '  rules:', '    nonroot: error'],
  waiverReason: 'binds a raw socket, replaced in the next release',
};
