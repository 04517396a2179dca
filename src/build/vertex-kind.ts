import type { BuildStep } from './build-record.ts';

/** Which part of a build a vertex is, by its name (moby/buildkit frontend/dockerfile/dockerfile2llb/convert.go). */
export function vertexKind(name: string): BuildStep['kind'] {
  // The merge that belongs to a COPY --link is no instruction of its own.
  if (isDockerfileStep(name)) return /^\[[^\]]*\] LINK /.test(name) ? 'other' : 'instruction';
  return KINDS.find(([, pattern]) => pattern.test(name))?.[0] ?? 'other';
}

/** True for `[stage 2/4] TEXT`, the names of vertices that stand for a line of the Dockerfile. */
export function isDockerfileStep(name: string): boolean {
  return /^\[[^\]]*\b\d+\/\d+\] /.test(name);
}

/** The first that fits. An image that serves as frontend counts as metadata: it is fetched before the Dockerfile is read. */
const KINDS: readonly (readonly [BuildStep['kind'], RegExp])[] = [
  ['auth', /^\[auth\] /],
  ['metadata', /^\[[^\]]*\] load metadata for |^resolve image config for |^docker-image:\/\//],
  ['context', /^\[internal\] load (?:build context|build definition|\.dockerignore|remote build context)|^\[context /],
  [
    'cache',
    /^(?:\[internal\] )?importing cache |^exporting cache |^preparing build cache |^inferring cache |^exporting to GitHub Actions Cache$/,
  ],
  ['export', /^exporting to |^importing to docker|^sending tarball|^pushing |^\[internal\] pushing /],
];
