import { mostPaths } from '../view/changed-paths.ts';
import { maxRows } from '../view/keep-most.ts';
import { maxLogLines } from '../view/log-tail.ts';
import { maxReasons } from '../view/reasons.ts';
import type { Links } from './links.ts';

/** A part of an image's report that can be left out; `numbers`: budgets, comparison, and why a number is missing. */
export type Part =
  | 'numbers'
  | 'paths'
  | 'packages'
  | 'layers'
  | 'waste'
  | 'contents'
  | 'files'
  | 'changes'
  | 'policy'
  | 'steps'
  | 'stages'
  | 'notes';

/** How much of a report is written out. */
export type Extent = {
  readonly omit: readonly Part[];
  /** Left out of images that passed; of `everything` remains their row in the table. */
  readonly omitOfPassed: readonly Part[] | 'everything';
  readonly layerRows: number;
  /** Changed paths of one platform. */
  readonly paths: number;
  readonly logLines: number;
  /** Findings of one image that are shown without a click, the worst ones. */
  readonly reasons: number;
  /** Images of which more than a row is shown, the worst ones. */
  readonly images: number;
  /** Platforms with their sizes, in the table of a run or below the headline of an image. */
  readonly platforms: number;
  readonly notices: number;
};

/** What the parts of one page share; `startedAt` is when the run began. */
export type Page = { readonly links: Links | undefined; readonly startedAt: string; readonly extent: Extent };

/** Everything, as far as it is not counted in "… and N more" on any page. */
export const fullExtent: Extent = {
  omit: [],
  omitOfPassed: [],
  layerRows: maxRows,
  paths: mostPaths,
  logLines: maxLogLines,
  reasons: maxReasons,
  images: Number.POSITIVE_INFINITY,
  platforms: maxRows,
  notices: 10,
};
