import type { OpenImage } from './base-of-image.ts';
import type { ReadText } from './baseline/read-text.ts';
import { comparing } from './compare/compare-profiles.ts';
import type { Delta } from './compare/delta.ts';
import { builderNotes } from './compare-with-baseline.ts';
import { type ComparedImage, weighImage, weighRecorded } from './compared-image.ts';
import type { Image } from './image/image.ts';
import { openReport, type RecordedImage } from './open-report.ts';
import { judge } from './policy/judge.ts';
import { maxGrowth } from './policy/rules/max-growth.ts';
import { verdictOf } from './policy/verdict.ts';
import type { Report } from './report/report.ts';
import type { CompareSettings } from './settings/compare-settings.ts';
import type { ComparedSide } from './settings/compared-side.ts';
import type { ImageSource } from './settings/image-source.ts';
import { quote } from './settings/quote.ts';
import { runInSlices } from './slices.ts';
import { UserError } from './user-error.ts';
import { version } from './version.ts';

/** Which platform is meant where a source has several: the one that is asked for, else the likely one. */
export type PlatformChoice = { readonly platform: string | undefined; readonly defaultPlatform: string };

/** What comparing does to the world, handed in so that a test needs no engine. */
export type CompareEffects = {
  readonly now: () => Date;
  readonly openImage: (source: ImageSource, choice: PlatformChoice) => Promise<Image>;
  readonly readText: ReadText;
  readonly hostPlatform: string;
};

type Asked = Pick<CompareSettings, 'base' | 'head' | 'namedBase' | 'platform' | 'image' | 'rules'>;

/**
 * Compares HEAD with BASE: the report of HEAD with its delta, judged by `max-growth` where that has a limit. Throws
 * UserError with exit code 2 for unlike things, 3 for what cannot be opened.
 */
export async function compareImages(asked: Asked, effects: CompareEffects): Promise<Report> {
  const startedAt = effects.now().toISOString();
  const [base, head] = await openBoth(asked, rememberBase(asked, effects));
  const comparison = await runInSlices(comparing(base.side, head.side));
  if (comparison.kind === 'refused') {
    const isOfPlatforms = base.side.profile.platform !== head.side.profile.platform;
    throw new UserError(
      `${shown(asked.base)} is not comparable with ${shown(asked.head)}: ${comparison.reason}.`,
      isOfPlatforms ? { hint: 'Where one of them has several platforms, --platform names the one to compare.' } : {},
    );
  }
  const notes = [...comparison.delta.notes, ...builderNotes(base, head.builder)];
  return describe({ startedAt, base, head, delta: { ...comparison.delta, notes }, rules: asked.rules });
}

function shown({ written }: ComparedSide): string {
  return quote(written);
}

/** The base that was named is opened once for both sides, where they are of one platform. */
function rememberBase({ namedBase }: Asked, effects: CompareEffects): CompareEffects {
  const opened = new Map<string | undefined, Promise<Image>>();
  return {
    ...effects,
    openImage: (source, choice) => {
      if (source !== namedBase) return effects.openImage(source, choice);
      const found = opened.get(choice.platform) ?? effects.openImage(source, choice);
      opened.set(choice.platform, found);
      return found;
    },
  };
}

/** Reports first: what platform they are of decides which of several images is meant. */
async function openBoth(asked: Asked, effects: CompareEffects): Promise<[ComparedImage, ComparedImage]> {
  const baseReport = await openIfReport(asked.base, effects.hostPlatform, asked, effects);
  const platformOfBase = baseReport?.recorded.profile.platform ?? effects.hostPlatform;
  const headReport = await openIfReport(asked.head, platformOfBase, asked, effects);
  const likely = headReport?.recorded.profile.platform ?? platformOfBase;
  const base = await weighSide(asked.base, baseReport, { asked, effects, likely });
  return [base, await weighSide(asked.head, headReport, { asked, effects, likely: base.side.profile.platform })];
}

async function openIfReport(
  side: ComparedSide,
  likely: string,
  { image, platform }: Asked,
  { readText }: CompareEffects,
): Promise<RecordedImage | undefined> {
  return side.transport === 'report' ? openReport(side, { image, platform, likely, read: readText }) : undefined;
}

type Weighing = { readonly asked: Asked; readonly effects: CompareEffects; readonly likely: string };

function weighSide(
  side: ComparedSide,
  report: RecordedImage | undefined,
  { asked: { namedBase, platform }, effects, likely }: Weighing,
): Promise<ComparedImage> {
  const openImage: OpenImage = (source, wanted) =>
    effects.openImage(source, { platform: wanted, defaultPlatform: likely });
  const naming = { namedBase, openImage };
  if (side.transport !== 'report') return weighImage(side, platform, naming);
  if (report === undefined) throw new Error('a report was not opened');
  return weighRecorded(side, report, naming);
}

type Compared = {
  readonly startedAt: string;
  readonly base: ComparedImage;
  readonly head: ComparedImage;
  readonly delta: Delta;
  readonly rules: CompareSettings['rules'];
};

function describe({ startedAt, base, head, delta, rules }: Compared): Report {
  const { profile } = head.side;
  const { dockerfile } = head.files;
  const { checks, findings } = judge({
    subjects: { comparison: { profile, dockerfile, delta, noDelta: undefined } },
    rules: [maxGrowth],
    settings: rules,
    waivers: [],
    now: new Date(startedAt),
  });
  const verdict = verdictOf({ checks, findings, failOn: 'error' });
  const { fileIndex: _fileIndex, focus: _focus, ...shownProfile } = profile;
  const { commit } = head.origin;
  return {
    schemaVersion: 1,
    tool: { name: 'stagegate', version },
    verdict,
    run: { startedAt, ...(commit === undefined ? {} : { commit }) },
    images: [
      {
        name: head.name,
        ...head.files,
        verdict,
        stages: [],
        notes: [...new Set([...base.notes, ...head.notes])],
        checks: [],
        findings: [],
        waivers: [],
        platforms: [
          {
            ...shownProfile,
            baseline: { ...base.origin, tried: [] },
            delta,
            checks: [...checks],
            findings: [...findings],
          },
        ],
      },
    ],
  };
}
