import type { Target } from './target.ts';
import { archiveTarget } from './targets/archive.ts';
import { blobTarget } from './targets/blob.ts';
import { documentsTarget } from './targets/documents.ts';
import { layersTarget } from './targets/layers.ts';

export const targets: readonly Target[] = [layersTarget, documentsTarget, archiveTarget, blobTarget];
