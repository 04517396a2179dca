import { parsePlatform } from '../image/platform.ts';
import { type Lists, refuseGlob } from '../profile/lists.ts';
import { type Files, localFiles } from './files.ts';
import { type ImageSource, readImageSource } from './image-source.ts';
import { readOutputs, readRecord } from './outputs.ts';
import { readCount } from './read-count.ts';
import type { Output } from './settings.ts';

/** The options of `inspect` as typed. */
export type InspectFlags = {
  readonly platform?: string;
  readonly base?: string;
  readonly top?: string;
  readonly layer?: string;
  readonly path?: readonly string[];
  readonly record?: string;
  /** False with `--no-index`. */
  readonly index?: boolean;
  readonly plainHttp?: boolean;
  readonly format?: string;
  readonly output?: readonly string[];
};

/** Everything that `inspect` was told. */
export type InspectSettings = {
  readonly source: ImageSource;
  readonly base?: ImageSource;
  /** Absent: that of the machine where there are several. */
  readonly platform?: string;
  readonly lists: Lists;
  readonly useIndex: boolean;
  readonly plainHttp: boolean;
  /** Absolute path. */
  readonly record?: string;
  readonly outputs: readonly [Output, ...Output[]];
};

type Call = {
  readonly image: string;
  readonly flags: InspectFlags;
  /** Absolute. */
  readonly cwd: string;
  readonly files?: Files;
};

/** Reads the call of `inspect`; throws UserError (exit 2) for what is not right, before anything is opened. */
export async function readInspectSettings({ image, flags, cwd, files = localFiles }: Call): Promise<InspectSettings> {
  const { platform, base, index, plainHttp } = flags;
  if (platform !== undefined) parsePlatform(platform);
  const lists = readLists(flags);
  const outputs = await readOutputs({ flags, cwd, files });
  const record = await readRecord({ flags, cwd, files });
  const place = { cwd, files };
  return {
    source: await readImageSource(image, place),
    ...(base === undefined ? {} : { base: await readImageSource(base, place) }),
    ...(platform === undefined ? {} : { platform }),
    lists,
    useIndex: index !== false,
    plainHttp: plainHttp === true,
    ...(record === undefined ? {} : { record }),
    outputs,
  };
}

const mostListed = 1000;

function readLists({ top, layer, path: paths = [] }: InspectFlags): Lists {
  for (const glob of paths) refuseGlob(glob);
  return {
    top: top === undefined ? 20 : readCount('--top', top, mostListed),
    paths,
    ...(layer === undefined ? {} : { layer: readCount('--layer', layer, Number.MAX_SAFE_INTEGER) }),
  };
}
