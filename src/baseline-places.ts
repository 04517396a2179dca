import type { FindBaseline } from './baseline/find-baseline.ts';
import { findInFile } from './baseline/find-in-file.ts';
import { findInImage } from './baseline/find-in-image.ts';
import { type EngineOptions, engineEffects } from './engine-effects.ts';
import { findByRebuild, readingCacheOnly } from './find-by-rebuild.ts';
import { beginImage } from './open-image.ts';
import type { BaselineChoice } from './settings/baseline-choice.ts';
import type { ImageSource } from './settings/image-source.ts';

/** What the choices mean that both doors have. */
export type BaselinePlaces = {
  readonly file: (file: { readonly path: string; readonly asWritten: string }) => FindBaseline;
  readonly image: (source: ImageSource) => FindBaseline;
  readonly rebuild: (revision: string, branch?: string) => FindBaseline;
};

/** The places that both doors have: a file, an image that exists, another commit built on the same builder. */
export function baselinePlaces(engine: EngineOptions): BaselinePlaces {
  const { env, useIndex, folder } = engine;
  const opening = { env, useIndex, plainHttp: false };
  return {
    file: findInFile,
    image: (source) => findInImage(source, (image, platform) => beginImage(image, { ...opening, platform })),
    rebuild: (revision, branch) => {
      const buildEnv = readingCacheOnly(env);
      const effects = engineEffects({ ...engine, env: buildEnv, finalName: 'baseline' });
      return findByRebuild({ revision, folder, env, effects, ...(branch === undefined ? {} : { branch }) });
    },
  };
}

/** For an image what its own choice says, else what the door does by itself. */
export function chosenBaseline(choose: (choice: BaselineChoice | undefined) => FindBaseline): FindBaseline {
  const known = new Map<BaselineChoice | undefined, FindBaseline>();
  return (wanted) => {
    const { baseline: choice } = wanted.entry;
    const find = known.get(choice) ?? choose(choice);
    known.set(choice, find);
    return find(wanted);
  };
}
