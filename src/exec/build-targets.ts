import type { BuildRecord } from '../build/build-record.ts';
import type { BuildEvent } from '../build/follow-build.ts';
import { type BuildOptions, runBuild } from './run-build.ts';

export type Purpose = BuildOptions['purpose'];

export type TargetsOptions = Pick<BuildOptions, 'entry' | 'builder' | 'graph' | 'folder' | 'env'> & {
  /** Undefined when there is none to run. */
  readonly testTarget: string | undefined;
  /** Undefined for the Dockerfile's default target. */
  readonly finalTarget: string | undefined;
  readonly onEvent?: (purpose: Purpose, event: BuildEvent) => void;
  readonly onEnd?: (purpose: Purpose, record: BuildRecord) => void;
  /** Starts as soon as the final build has ended, while tests may still run. */
  readonly onFinal?: (record: BuildRecord) => Promise<void>;
};

export type BuiltTargets = { readonly test?: BuildRecord; readonly final: BuildRecord };

/**
 * Builds test and final target as two processes at the same time: BuildKit runs a stage that both need once.
 * A build that fails does not end the other; a rejection (a call that docker refuses, an image that cannot be read) does.
 */
export async function buildTargets(options: TargetsOptions): Promise<BuiltTargets> {
  const { testTarget, finalTarget, onFinal, ...shared } = options;
  const refusal = new AbortController();
  const build = async (
    purpose: Purpose,
    target: string | undefined,
    use?: (record: BuildRecord) => Promise<void>,
  ): Promise<BuildRecord> => {
    const onEvent = (event: BuildEvent) => options.onEvent?.(purpose, event);
    try {
      const record = await runBuild({ ...shared, purpose, target, onEvent, signal: refusal.signal });
      options.onEnd?.(purpose, record);
      await use?.(record);
      return record;
    } catch (error) {
      refusal.abort();
      throw error;
    }
  };
  const final = build('final', finalTarget, onFinal);
  const test = testTarget === undefined ? undefined : build('test', testTarget);
  // Both are waited for, so that no child outlives a refusal.
  await Promise.allSettled([final, test]);
  return { ...(test === undefined ? {} : { test: await test }), final: await final };
}
