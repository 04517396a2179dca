import type { ImageEntry } from '../settings/settings.ts';
import { UserError } from '../user-error.ts';
import type { BuildCache } from './build-cache.ts';
import type { Builder } from './build-record.ts';
import { steersDocker } from './steering-variables.ts';

export type BuildRequest = {
  readonly entry: ImageEntry;
  /** As buildx shall get it; undefined for the Dockerfile's default target. */
  readonly target: string | undefined;
  /** The test build runs steps and leaves nothing behind, the final one exports an image. */
  readonly purpose: 'test' | 'final';
  readonly builder: Builder;
  readonly cache: BuildCache;
  /** Absolute, in a folder that exists. */
  readonly metadataFile: string;
  /** Absolute; for the final build on a builder that exports OCI. */
  readonly ociDirectory?: string;
};

export type BuildArguments = {
  /** Behind `docker`. */
  readonly args: readonly string[];
  /** On top of the environment: the values of the build arguments among others, so never to be shown. */
  readonly env: Readonly<Record<string, string>>;
};

/** The one `docker buildx build` of a request. Refuses (exit 2) what cannot be asked of docker without changing it. */
export function buildArguments(request: BuildRequest): BuildArguments {
  const { entry, target, builder, metadataFile } = request;
  const args = [
    'buildx',
    'build',
    `--builder=${builder.name}`,
    '--progress=rawjson',
    `--metadata-file=${metadataFile}`,
    `--file=${entry.dockerfile}`,
    ...optional('--target', target),
    ...optional('--platform', entry.platform),
    ...outputs(request).map((output) => `--output=${output}`),
    ...Object.keys(entry.buildArgs).map((name) => `--build-arg=${name}`),
    ...Object.entries(entry.buildContexts).map(([name, value]) => `--build-context=${name}=${value}`),
    ...each('--secret', entry.secrets),
    ...each('--ssh', entry.ssh),
    ...each('--cache-from', request.cache.from),
    ...each('--cache-to', request.cache.to),
    ...(entry.noCache ? ['--no-cache'] : []),
    ...each('--no-cache-filter', entry.noCacheFilters),
    ...(entry.pull ? ['--pull'] : []),
    ...optional('--network', entry.network),
    ...each('--add-host', entry.addHosts),
    ...(request.purpose === 'final' ? ofTheImage(entry) : []),
    entry.context,
  ];
  return { args, env: { ...argumentValues(entry), BUILDX_METADATA_PROVENANCE: 'max' } };
}

function ofTheImage(entry: ImageEntry): readonly string[] {
  return [...each('--label', entry.labels), ...each('--tag', entry.tags)];
}

function outputs({ entry, purpose, builder, ociDirectory }: BuildRequest): readonly string[] {
  if (purpose === 'test') return ['type=cacheonly'];
  // The classic store knows no OCI export: the image is loaded, then read with `docker save`.
  if (!builder.exportsOci || ociDirectory === undefined) return ['type=docker'];
  const oci = `type=oci,tar=false,${csvField(`dest=${ociDirectory}`)}`;
  if (!entry.load) return [oci];
  // The layout comes last: its index.json describes the image of the last output (BuildKit 0.25 in Engine 28.5).
  if (builder.severalOutputs) return ['type=docker', oci];
  throw new UserError(
    `The builder ${builder.name} (BuildKit ${builder.buildkit}) cannot weigh the image of ${entry.name} and load it in one build`,
    { hint: 'Leave out --load, or use a builder with BuildKit 0.13 or newer.' },
  );
}

function argumentValues(entry: ImageEntry): Record<string, string> {
  const values: Record<string, string> = {};
  for (const [name, value] of Object.entries(entry.buildArgs)) {
    if (!/^[^=\0]+$/.test(name)) {
      throw new UserError(`A build argument of ${entry.name} has no usable name`, {
        hint: 'Write it as NAME=value; the name holds no `=`.',
      });
    }
    if (value === undefined) continue;
    if (steersDocker(name)) {
      throw new UserError(
        `The build argument ${name} of ${entry.name} cannot be given a value: Docker itself obeys a variable of that name`,
        {
          hint: `Rename it in the Dockerfile, or set ${name} in the environment and give the build argument no value.`,
        },
      );
    }
    if (value.includes('\0')) throw new UserError(`The build argument ${name} of ${entry.name} holds a zero byte`);
    values[name] = value;
  }
  return values;
}

function optional(flag: string, value: string | undefined): readonly string[] {
  return value === undefined ? [] : [`${flag}=${value}`];
}

function each(flag: string, values: readonly string[]): readonly string[] {
  return values.map((value) => `${flag}=${value}`);
}

/** buildx reads an output as one CSV record. */
function csvField(field: string): string {
  return /[",\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field;
}
