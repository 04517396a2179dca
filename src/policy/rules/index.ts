// Generated from the files of this folder by `npm run docs`.
import type { AnyRule } from '../define-rule.ts';
import { baseImage } from './base-image.ts';
import { buildArgs } from './build-args.ts';
import { distroless } from './distroless.ts';
import { dockerfile } from './dockerfile.ts';
import { maxDownloadSize } from './max-download-size.ts';
import { maxGrowth } from './max-growth.ts';
import { maxLayers } from './max-layers.ts';
import { maxSize } from './max-size.ts';
import { nonroot } from './nonroot.ts';
import { testTarget } from './test-target.ts';

/** Every rule, sorted by id. */
export const rules: readonly AnyRule[] = [
  baseImage,
  buildArgs,
  distroless,
  dockerfile,
  maxDownloadSize,
  maxGrowth,
  maxLayers,
  maxSize,
  nonroot,
  testTarget,
];

/** Undefined when there is no rule of this id. */
export function findRule(id: string): AnyRule | undefined {
  return rules.find((rule) => rule.id === id);
}
