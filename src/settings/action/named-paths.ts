import { pathsInBaseline } from '../baseline-choice.ts';
import type { CheckFlags } from '../check-flags.ts';
import type { InputReader } from './input-reader.ts';
import { readSecretFiles } from './secret-inputs.ts';
import type { NamedPath } from './workspace-paths.ts';

/** Every path that an input names, references to images among the named contexts included. */
export function namedPaths(inputs: InputReader, context: string | undefined, flags: CheckFlags): readonly NamedPath[] {
  const { file, config, baseline, buildContext = [] } = flags;
  const single = { context, file, config };
  return [
    ...(['context', 'file', 'config'] as const).flatMap((input) => {
      const path = single[input];
      return path === undefined ? [] : [{ input, path }];
    }),
    ...(baseline === undefined ? [] : pathsInBaseline(baseline)).map((path) => ({ input: 'baseline' as const, path })),
    ...buildContext.map((each) => ({ input: 'build-contexts' as const, path: each.slice(each.indexOf('=') + 1) })),
    ...readSecretFiles(inputs).map(({ path }) => ({ input: 'secret-files' as const, path })),
  ];
}
