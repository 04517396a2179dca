import type { Extent, Part } from './page.ts';

/** One thing less on a page that is too long, on top of the cuts before it. */
export type Cut = {
  /** A later cut of the same topic takes the place of this one in the words. */
  readonly topic: string;
  /** What the page then lacks. */
  readonly words: string;
  readonly omit?: readonly Part[];
  readonly extent?: Partial<Omit<Extent, 'omit'>>;
  /** The most characters of one text. */
  readonly texts?: number;
};

const ofPassed: readonly Cut[] = [
  {
    topic: 'passed',
    words: 'stage graph and build steps of images that passed',
    extent: { omitOfPassed: ['stages', 'steps'] },
  },
  {
    topic: 'passed',
    words: 'details of images that passed',
    extent: {
      omitOfPassed: [
        'stages',
        'steps',
        'notes',
        'layers',
        'waste',
        'contents',
        'packages',
        'changes',
        'paths',
        'policy',
      ],
    },
  },
  { topic: 'passed', words: 'all but the sizes of images that passed', extent: { omitOfPassed: 'everything' } },
];

const ofAll: readonly Cut[] = [
  { topic: 'stages', words: 'stage graph', omit: ['stages'] },
  { topic: 'steps', words: 'build steps', omit: ['steps'] },
  { topic: 'files', words: 'files', omit: ['files'] },
  { topic: 'contents', words: 'contents and leftovers', omit: ['contents'] },
  { topic: 'waste', words: 'wasted paths', omit: ['waste'] },
  { topic: 'layers', words: 'the smaller layers', extent: { layerRows: 5 } },
  { topic: 'layers', words: 'layers', omit: ['layers'] },
  { topic: 'notes', words: 'notes', omit: ['notes'] },
  { topic: 'packages', words: 'packages', omit: ['packages'] },
  { topic: 'changes', words: 'what changed', omit: ['changes'] },
  { topic: 'paths', words: 'all but 3 changed paths', extent: { paths: 3 } },
  { topic: 'paths', words: 'changed paths', omit: ['paths'] },
  { topic: 'policy', words: 'policy in detail', omit: ['policy'] },
  { topic: 'logs', words: 'all but the last 15 lines of logs', extent: { logLines: 15 } },
  { topic: 'logs', words: 'all but the last 5 lines of logs', extent: { logLines: 5 } },
  { topic: 'findings', words: 'all but the worst 3 findings of an image', extent: { reasons: 3 } },
  { topic: 'images', words: 'all but the sizes of images beyond the worst 8', extent: { images: 8 } },
  { topic: 'logs', words: 'logs', extent: { logLines: 0 } },
  { topic: 'texts', words: 'texts beyond 300 characters', texts: 300 },
];

/** From here on numbers alone bound the page, whatever the report holds; the verdict and the sizes remain. */
const last: readonly Cut[] = [
  { topic: 'numbers', words: 'budgets and comparison', omit: ['numbers'] },
  { topic: 'images', words: 'images beyond the worst 5', extent: { images: 5, platforms: 5, notices: 5 } },
  { topic: 'images', words: 'images beyond the worst', extent: { images: 1, platforms: 1, notices: 1 } },
  { topic: 'findings', words: 'all but the worst finding', extent: { reasons: 1 } },
  { topic: 'texts', words: 'texts beyond 100 characters', texts: 100 },
  { topic: 'findings', words: 'findings', extent: { reasons: 0 } },
  { topic: 'texts', words: 'texts beyond 40 characters', texts: 40 },
  { topic: 'images', words: 'all images', extent: { images: 0, platforms: 1, notices: 0 } },
];

/** What is left out of a page that is too long, the least useful first. */
export function listCuts({ several }: { readonly several: boolean }): readonly Cut[] {
  const longTexts = { topic: 'texts', words: 'texts beyond 2,000 characters', texts: 2000 };
  return [longTexts, ...(several ? ofPassed : []), ...ofAll, ...last];
}
