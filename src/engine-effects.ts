import { readFile } from 'node:fs/promises';
import type { Builder, BuildRecord, BuiltImage } from './build/build-record.ts';
import type { BuildDisplay } from './build/progress/show-progress.ts';
import { buildTargets, type Purpose } from './exec/build-targets.ts';
import { dockerSave } from './exec/docker-save.ts';
import type { Environment } from './exec/find-program.ts';
import { hostPlatform } from './host-platform.ts';
import type { Image } from './image/image.ts';
import { readBlobHere } from './image/read-blob.ts';
import { readOciLayout } from './image/read-oci-layout.ts';
import type { BuildOrder, MeasureEffects } from './measure.ts';
import { readSaved } from './read-saved.ts';
import { lookInContext } from './settings/look-in-context.ts';
import { withDatabases, withLayerReading } from './with-layer-reading.ts';

export type EngineOptions = {
  /** What it answers; asked before anything else, since the first build waits for it. */
  readonly builder: Promise<Builder>;
  readonly env: Environment;
  /** Temporary: the image's bytes lie in it until it is removed. */
  readonly folder: string;
  readonly display: BuildDisplay;
  readonly severalEntries: boolean;
  /** Whether layers are looked up in, and kept in, the layer index. */
  readonly useIndex: boolean;
  /** What the display calls the final build. */
  readonly finalName?: string;
};

/** The real world for `measure`: the machine's Docker and its files. */
export function engineEffects(options: EngineOptions): MeasureEffects {
  const { builder, env, useIndex } = options;
  return {
    env,
    hostPlatform: hostPlatform(),
    builder: () => builder,
    readDockerfileText: (entry) => readFile(entry.dockerfile, 'utf8'),
    lookInContext,
    buildTargets: (order, onFinal) => buildShown(order, onFinal, options),
    openImage: async (built, platform) => openImage(built, platform, { env, useIndex, builder: await builder }),
  };
}

type Shown = Pick<EngineOptions, 'env' | 'folder' | 'display' | 'severalEntries' | 'finalName'>;

function buildShown(
  { entry, builder, graph }: BuildOrder,
  onFinal: (record: BuildRecord) => Promise<void>,
  { env, folder, display, severalEntries, finalName = 'final' }: Shown,
) {
  const { target: finalTarget, testTarget } = entry;
  const name = (purpose: Purpose): string => {
    const shown = purpose === 'final' ? finalName : purpose;
    return severalEntries ? `${entry.name} ${shown}` : shown;
  };
  for (const purpose of testTarget === undefined ? (['final'] as const) : (['final', 'test'] as const)) {
    display.start(name(purpose));
  }
  return buildTargets({
    entry,
    builder,
    graph,
    folder,
    env,
    testTarget,
    finalTarget,
    onEvent: (purpose, event) => display.event(name(purpose), event),
    onEnd: (purpose, record) => display.end(name(purpose), record),
    onFinal,
  });
}

/** Layers are read as streams from where the engine left them; nothing of the image is copied. */
async function openImage(
  built: BuiltImage,
  platform: string | undefined,
  { env, useIndex, builder }: { env: Environment; useIndex: boolean; builder: Builder },
): Promise<Image> {
  const wanted = platform === undefined ? {} : { platform };
  if (built.kind === 'oci-layout') {
    return withLayerReading({ env, useIndex }, (readBlob) => readOciLayout(built.directory, { ...wanted, readBlob }));
  }
  const saved = dockerSave(built.imageId, env, builder);
  return readSaved(saved, { ...wanted, readBlob: withDatabases(readBlobHere) });
}
