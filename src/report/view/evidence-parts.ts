import type { Evidence } from '../../policy/finding.ts';

/** One piece of a proof, in the order in which it is read. */
export type EvidencePart =
  | { readonly kind: 'file'; readonly file: string; readonly line: number | undefined }
  | { readonly kind: 'path'; readonly path: string }
  | { readonly kind: 'place'; readonly text: string };

/** Where a finding was seen: `Dockerfile:18`, `/usr/bin/su`, `layer 3`. */
export function evidenceParts({ path, layer, file, line }: Evidence): EvidencePart[] {
  const parts: EvidencePart[] = [];
  if (file !== undefined) parts.push({ kind: 'file', file, line });
  if (path !== undefined) parts.push({ kind: 'path', path: path.startsWith('/') ? path : `/${path}` });
  if (layer !== undefined) parts.push({ kind: 'place', text: `layer ${layer}` });
  if (file === undefined && line !== undefined) parts.push({ kind: 'place', text: `line ${line}` });
  return parts;
}
