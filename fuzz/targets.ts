import type { Target } from './target.ts';
import { archiveTarget } from './targets/archive.ts';
import { blobTarget } from './targets/blob.ts';
import { contentsTarget } from './targets/contents.ts';
import { documentsTarget } from './targets/documents.ts';
import { layersTarget } from './targets/layers.ts';
import { recordTarget } from './targets/record.ts';

export const targets: readonly Target[] = [
  layersTarget,
  documentsTarget,
  archiveTarget,
  blobTarget,
  contentsTarget,
  recordTarget,
];
