import type { FindBaseline } from './baseline/find-baseline.ts';
import { type LookUp, rememberLookups } from './baseline/remember-lookups.ts';
import type { IndexedSide } from './compare/create-side.ts';
import { compareWithBaseline } from './compare-with-baseline.ts';
import { headSide } from './head-side.ts';
import { judgeBuilt, judgeRefused } from './judge-image.ts';
import type { MeasureEffects, Measurement } from './measure.ts';
import { measure } from './measure.ts';
import type { Profile } from './profile/profile.ts';
import { describeEntry } from './report/describe-entry.ts';
import type { ImageReport, Report } from './report/report.ts';
import { worstVerdict } from './report/worst-verdict.ts';
import type { ImageEntry, Settings } from './settings/settings.ts';
import { UserError } from './user-error.ts';
import { version } from './version.ts';

/** What a run does to the world besides building; `run` says which event and commit it is about. */
export type GateEffects = MeasureEffects & {
  readonly now: () => Date;
  readonly run: Omit<Report['run'], 'startedAt'>;
  readonly findBaseline: FindBaseline;
  /** Where a run records: is handed what a later comparison by file needs of each weighed image. */
  readonly keepSide?: ((image: string, side: IndexedSide) => void) | undefined;
};

/**
 * The whole pipeline: every entry is measured, compared with its baseline and judged. What could not be judged
 * (no engine, registry gone) is the verdict `error` of its image; a mistake in the call is thrown as UserError.
 */
export async function gate(settings: Settings, effects: GateEffects): Promise<Report> {
  const startedAt = effects.now().toISOString();
  const images: ImageReport[] = [];
  let builder: Report['builder'];
  for (const entry of settings.images) {
    const gated = await gateEntry(entry, settings, effects).catch((error: unknown) => couldNotJudge(entry, error));
    images.push(gated.image);
    builder ??= gated.builder;
  }
  return {
    schemaVersion: 1,
    tool: { name: 'stagegate', version },
    verdict: worstVerdict(images.map((image) => image.verdict)),
    run: { startedAt, ...effects.run },
    ...(builder === undefined ? {} : { builder }),
    images,
  };
}

type Gated = { readonly image: ImageReport; readonly builder?: NonNullable<Report['builder']> };

async function gateEntry(entry: ImageEntry, settings: Settings, effects: GateEffects): Promise<Gated> {
  const { hostPlatform } = effects;
  // Asked for at the earliest when targets are built: by then the promise of the head is there.
  const findBaseline = rememberLookups((wanted) => effects.findBaseline({ ...wanted, head }));
  const measuring = measure(entry, lookingBeside(effects, findBaseline));
  const head = measuring.then(profileOf, () => undefined);
  const measured = await measuring;
  if (measured.kind === 'refused') return { image: judgeRefused(entry, measured.refusals) };
  const { name, driver, store, buildkit, buildx } = measured.builder;
  const builder = { name, driver, ...(store === undefined ? {} : { store }), buildkit, buildx };
  const side = measured.weighed && headSide(measured.weighed);
  const compared = side && (await compareWithBaseline(side, { entry, builder, findBaseline }));
  if (side && effects.keepSide) effects.keepSide(entry.name, await side.withIndex());
  const terms = { failOn: settings.failOn, now: effects.now(), hostPlatform };
  return { image: judgeBuilt(entry, measured, compared, terms), builder };
}

function profileOf(measured: Measurement): Profile | undefined {
  return measured.kind === 'built' ? measured.weighed?.profile : undefined;
}

/** The baseline is fetched while both targets build: most often the platform is known then, else it is asked for again. */
function lookingBeside(effects: GateEffects, findBaseline: LookUp): MeasureEffects {
  return {
    ...effects,
    buildTargets: (order, onFinal) => {
      const platform = order.entry.platform ?? order.builder.platform ?? effects.hostPlatform;
      void findBaseline({ entry: order.entry, platform });
      return effects.buildTargets(order, onFinal);
    },
  };
}

/** Only what a person cannot mend in the call itself becomes a verdict; a bug keeps its stack. */
function couldNotJudge(entry: ImageEntry, error: unknown): Gated {
  if (!(error instanceof UserError) || error.exitCode === 2) throw error;
  const { message, hint, exitCode } = error;
  return {
    image: {
      ...describeEntry(entry),
      verdict: exitCode === 1 ? 'fail' : 'error',
      error: { message, ...(hint === undefined ? {} : { hint }) },
    },
  };
}
