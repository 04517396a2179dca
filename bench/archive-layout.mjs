import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Writes an OCI layout as one file, with its compressed layers, in the form that `docker save` of 25 and later gives and dive takes. */
export function archiveLayout(layout, { folder, file }) {
  const parse = (path) => JSON.parse(readFileSync(join(layout, path), 'utf8'));
  const blob = ({ digest }) => join('blobs', 'sha256', digest.slice('sha256:'.length));
  const { config, layers } = parse(blob(parse('index.json').manifests[0]));
  const image = { Config: blob(config), RepoTags: ['stagegate-bench:gzip'], Layers: layers.map(blob) };
  writeFileSync(join(folder, 'manifest.json'), JSON.stringify([image]));
  const entries = ['-C', folder, 'manifest.json', '-C', layout, 'index.json', 'oci-layout', 'blobs'];
  execFileSync('tar', ['-cf', file, ...entries]);
}
