import type { Report } from '../report.ts';
import { cutText, cutTexts } from '../view/cut-texts.ts';
import { type Cut, listCuts } from './cuts.ts';
import { footer } from './footer.ts';
import { leftOut } from './left-out.ts';
import type { Links } from './links.ts';
import { type Extent, fullExtent } from './page.ts';
import { joinBlocks } from './render-markdown.ts';
import { reportBlocks } from './report-blocks.ts';

/** `lead`: notices under the headline; `summaryUrl`: where more of the report is. Limits below 8,000 may be broken. */
export type FitOptions = {
  readonly links?: Links;
  readonly lead?: readonly string[];
  readonly summaryUrl?: string;
  readonly maxCharacters: number;
  /** Of UTF-8. */
  readonly maxBytes: number;
};

/** A comment's limits: GitHub takes more today, but names 65,536 in its own errors, and every other tool counts on it. */
export const commentLimits = { maxCharacters: 60_000, maxBytes: 65_536 } as const;

/** A step's job summary may have 1 MiB; the rest is for what other parts of the step write. */
export const summaryLimits = { maxCharacters: 1_000_000, maxBytes: 1_000_000 } as const;

/** The report as Markdown that is never longer than the limits: the least useful parts go first, and one line says which. */
export function fitMarkdown(report: Report, options: FitOptions): string {
  let shortest = '';
  for (const page of pages(report, options)) {
    if (fits(page, options)) return page;
    shortest = page;
  }
  return shortest;
}

function fits(page: string, { maxCharacters, maxBytes }: FitOptions): boolean {
  return page.length <= maxCharacters && Buffer.byteLength(page) <= maxBytes;
}

/** The same report shorter and shorter. */
function* pages(report: Report, options: FitOptions): Generator<string> {
  let state: State = { report, lead: options.lead ?? [], extent: fullExtent };
  let blocks = draw(state, options);
  yield joinBlocks([...blocks, footer(report)]);
  const gone = new Map<string, string>();
  for (const cut of listCuts({ several: report.images.length > 1 })) {
    state = applyCut(state, cut);
    const fewer = draw(state, options);
    // A cut that changes nothing here needs no words.
    if (joinBlocks(fewer) === joinBlocks(blocks)) continue;
    blocks = fewer;
    gone.set(cut.topic, cut.words);
    yield joinBlocks([...blocks, leftOut([...gone.values()], options.summaryUrl), footer(state.report)]);
  }
}

type State = { readonly report: Report; readonly lead: readonly string[]; readonly extent: Extent };

function draw({ report, lead, extent }: State, { links }: FitOptions): string[] {
  return reportBlocks(report, { links: linksToWhole(links), startedAt: report.run.startedAt, extent }, lead);
}

function applyCut({ report, lead, extent }: State, { omit = [], extent: less, texts }: Cut): State {
  const fewer = { ...extent, ...less, omit: [...extent.omit, ...omit] };
  if (texts === undefined) return { report, lead, extent: fewer };
  return { report: cutTexts(report, texts), lead: lead.map((text) => cutText(text, texts)), extent: fewer };
}

/** A path that was cut leads nowhere. */
function linksToWhole(links: Links | undefined): Links | undefined {
  if (links === undefined) return undefined;
  return { file: (path, line) => (path.endsWith('…') ? undefined : links.file(path, line)) };
}
