import { expect, it } from '@jest/globals';
import { vertexKind } from '../../src/build/vertex-kind.ts';

it.each([
  ['[build 2/4] RUN make', 'instruction'],
  ['[a  3/12] RUN x', 'instruction'],
  ['[2/5] COPY a b', 'instruction'],
  ['[linux/arm64 2/5] COPY a b', 'instruction'],
  ['[linux/amd64->arm64 build 2/5] COPY a b', 'instruction'],
  ['[stage-1 1/2] FROM docker.io/library/x@sha256:0', 'instruction'],
  ['[s 4/8] COPY --link a b', 'instruction'],
  ['[s 4/8] LINK COPY --link a b', 'other'],
  ['[internal] load metadata for docker.io/library/x:1', 'metadata'],
  ['[context base] load metadata for x', 'metadata'],
  ['resolve image config for docker-image://docker.io/docker/dockerfile:1', 'metadata'],
  ['docker-image://docker.io/docker/dockerfile:1@sha256:0', 'metadata'],
  ['[auth] library/x:pull token for registry', 'auth'],
  ['[internal] load build definition from Dockerfile', 'context'],
  ['[internal] load .dockerignore', 'context'],
  ['[internal] load build context', 'context'],
  ['[context assets] load from client', 'context'],
  ['importing cache manifest from x', 'cache'],
  ['exporting cache to registry', 'cache'],
  ['exporting to oci image format', 'export'],
  ['exporting to image', 'export'],
  ['resolving provenance for metadata file', 'other'],
  ['https://example.com/file', 'other'],
])('%s is of kind %s', (name, kind) => {
  expect(vertexKind(name)).toBe(kind);
});
