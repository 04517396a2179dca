import { z } from 'zod';
import { isDiffId } from './digest.ts';
import type { HistoryEntry, Image } from './image.ts';
import { parseJsonBlob } from './json-blob.ts';
import { formatPlatform, platformFrom } from './platform.ts';

const text = z
  .string()
  .nullish()
  .transform((value) => value ?? '');
const list = z
  .array(z.string())
  .nullish()
  .transform((value) => value ?? []);
const listOrNull = z
  .array(z.string())
  .nullish()
  .transform((value) => value ?? null);
const keys = z
  .record(z.string(), z.unknown())
  .nullish()
  .transform((value) => Object.keys(value ?? {}).sort());
const labels = z
  .record(z.string(), z.string().nullable())
  .nullish()
  .transform((value) => withoutNulls(value ?? {}));

const runtimeSchema = z.object({
  User: text,
  Entrypoint: listOrNull,
  Cmd: listOrNull,
  WorkingDir: text,
  Env: list,
  ExposedPorts: keys,
  Volumes: keys,
  Labels: labels,
  Healthcheck: z.object({ Test: z.array(z.string()).nullish() }).nullish(),
  StopSignal: text,
});

const historySchema = z.object({ created: text, created_by: text, comment: text, empty_layer: z.boolean().nullish() });

const configSchema = z.object({
  architecture: text,
  os: text,
  variant: text,
  created: text,
  config: runtimeSchema.nullish().transform((value) => value ?? runtimeSchema.parse({})),
  history: z
    .array(historySchema)
    .nullish()
    .transform((value) => value ?? []),
  rootfs: z
    .object({ diff_ids: z.array(z.string().refine(isDiffId, 'is not a sha256 digest')).nullish() })
    .nullish()
    .transform((value) => value?.diff_ids ?? []),
});

/** What an image's config blob says (OCI image-spec, config.md), with the diff IDs that its layers must have. */
export type ImageConfig = Pick<Image, 'platform' | 'created' | 'config' | 'history'> & {
  readonly diffIds: readonly Image['layers'][number]['diffId'][];
};

/** Reads a config blob; null and missing are the same, anything of another shape is a UserError (exit 3). */
export function parseImageConfig(bytes: Buffer, name: string): ImageConfig {
  const { config, history, rootfs, created, ...platform } = parseJsonBlob(bytes, configSchema, name);
  const test = config.Healthcheck?.Test ?? [];
  return {
    platform: formatPlatform(platformFrom(platform)),
    ...(created === '' ? {} : { created }),
    diffIds: rootfs,
    history: history.map(toHistoryEntry),
    config: {
      user: config.User,
      entrypoint: config.Entrypoint,
      cmd: config.Cmd,
      workingDir: config.WorkingDir,
      env: config.Env,
      exposedPorts: config.ExposedPorts,
      volumes: config.Volumes,
      labels: config.Labels,
      ...(test.length === 0 ? {} : { healthcheck: test }),
      ...(config.StopSignal === '' ? {} : { stopSignal: config.StopSignal }),
    },
  };
}

function toHistoryEntry(entry: z.infer<typeof historySchema>): HistoryEntry {
  return {
    createdBy: entry.created_by,
    comment: entry.comment,
    isEmpty: entry.empty_layer === true,
    ...(entry.created === '' ? {} : { created: entry.created }),
  };
}

function withoutNulls(labels: Readonly<Record<string, string | null>>): Record<string, string> {
  return Object.fromEntries(Object.entries(labels).map(([key, value]) => [key, value ?? '']));
}
