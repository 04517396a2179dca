import { parsePlatform } from '../image/platform.ts';
import { maxGrowth } from '../policy/rules/max-growth.ts';
import { UserError } from '../user-error.ts';
import { readBudgets } from './budgets.ts';
import { type ComparedSide, type ReadStart, readComparedSide } from './compared-side.ts';
import { type Files, localFiles } from './files.ts';
import { type ImageSource, readImageSource } from './image-source.ts';
import { readOutputs } from './outputs.ts';
import { readCount } from './read-count.ts';
import { ruleSettings } from './rules.ts';
import type { Output, RuleSetting } from './settings.ts';

/** The options of `compare` as typed. */
export type CompareFlags = {
  readonly platform?: string;
  readonly base?: string;
  readonly image?: string;
  readonly maxGrowth?: string;
  readonly top?: string;
  /** False with `--no-index`. */
  readonly index?: boolean;
  readonly plainHttp?: boolean;
  readonly format?: string;
  readonly output?: readonly string[];
};

/** Everything that `compare` was told. */
export type CompareSettings = {
  readonly base: ComparedSide;
  readonly head: ComparedSide;
  /** The base image of both, where nobody built them here. */
  readonly namedBase?: ImageSource;
  /** Absent: that of a report, else that of the machine where there are several. */
  readonly platform?: string;
  /** The entry of a report that has several. */
  readonly image?: string;
  /** `max-growth` alone; off without a limit. */
  readonly rules: ReadonlyMap<string, RuleSetting>;
  /** How many changed paths are shown. */
  readonly top: number;
  readonly useIndex: boolean;
  readonly plainHttp: boolean;
  readonly outputs: readonly [Output, ...Output[]];
};

type Call = {
  readonly base: string;
  readonly head: string;
  readonly flags: CompareFlags;
  /** Absolute. */
  readonly cwd: string;
  readonly files?: Files;
  readonly readStart?: ReadStart;
};

/** What a delta lists at most. */
const mostPaths = 100;

/** Reads the call of `compare`; throws UserError (exit 2) for what is not right, before anything is opened. */
export async function readCompareSettings(call: Call): Promise<CompareSettings> {
  const { flags, cwd, files = localFiles, readStart } = call;
  const { platform, base: namedBase, image, top, index, plainHttp } = flags;
  if (platform !== undefined) parsePlatform(platform);
  const place = { cwd, files, ...(readStart === undefined ? {} : { readStart }) };
  const budgets = readBudgets(flags, undefined);
  const outputs = await readOutputs({ flags, cwd, files });
  const sides = { base: await readComparedSide(call.base, place), head: await readComparedSide(call.head, place) };
  refuseImageName(image, sides);
  return {
    ...sides,
    ...(namedBase === undefined ? {} : { namedBase: await readImageSource(namedBase, place) }),
    ...(platform === undefined ? {} : { platform }),
    ...(image === undefined ? {} : { image }),
    rules: ruleSettings([maxGrowth], { preset: 'off', overrides: new Map(), budgets }),
    top: top === undefined ? 10 : readCount('--top', top, mostPaths),
    useIndex: index !== false,
    plainHttp: plainHttp === true,
    outputs,
  };
}

function refuseImageName(image: string | undefined, { base, head }: Pick<CompareSettings, 'base' | 'head'>): void {
  if (image === undefined || base.transport === 'report' || head.transport === 'report') return;
  throw new UserError('--image names an entry of a report, and neither BASE nor HEAD is one.');
}
