import type { ArgScope, ScopedExpansion } from './arg-scope.ts';
import type { DeclaredStage } from './declare-stages.ts';
import type { Refusal } from './stage-graph.ts';

/** A stage whose FROM line is expanded. */
export type BasedStage = DeclaredStage & {
  /** Undefined when only the builder's environment knows it. */
  readonly baseName: string | undefined;
  readonly platform: string | undefined;
  /** Names that the FROM line reads, and of those the ones that nothing sets. */
  readonly read: ReadonlySet<string>;
  readonly unset: readonly string[];
};

/** Expands every FROM; BuildKit refuses a blank or invalid one whether or not a target needs its stage. */
export function resolveBases(
  stages: readonly DeclaredStage[],
  scope: ArgScope,
): { readonly stages: readonly BasedStage[]; readonly refusals: readonly Refusal[] } {
  const resolved = stages.map((stage) => resolveBase(stage, scope));
  return { stages: resolved.map(({ stage }) => stage), refusals: resolved.flatMap(({ refusals }) => refusals) };
}

function resolveBase(
  stage: DeclaredStage,
  scope: ArgScope,
): { readonly stage: BasedStage; readonly refusals: readonly Refusal[] } {
  const base = scope.expand(stage.baseAsWritten);
  const platform = stage.platformAsWritten === undefined ? undefined : scope.expand(stage.platformAsWritten);
  const line = stage.from.lines.start;
  const refusals = [
    ...refuseExpansion(line, stage.baseAsWritten, base),
    ...(platform === undefined ? [] : refuseExpansion(line, `--platform=${stage.platformAsWritten}`, platform)),
    ...(platform?.kind === 'expanded' && platform.text !== '' ? refusePlatform(line, platform.text) : []),
  ];
  const expansions = [base, ...(platform === undefined ? [] : [platform])];
  return {
    stage: {
      ...stage,
      baseName: base.kind === 'expanded' ? base.text : undefined,
      platform: platform?.kind === 'expanded' ? platform.text : stage.platformAsWritten,
      read: new Set(expansions.flatMap((expansion) => (expansion.kind === 'invalid' ? [] : [...expansion.read]))),
      unset: [...new Set(expansions.flatMap((expansion) => (expansion.kind === 'expanded' ? expansion.unset : [])))],
    },
    refusals,
  };
}

function refuseExpansion(line: number, written: string, expansion: ScopedExpansion): readonly Refusal[] {
  if (expansion.kind === 'invalid') {
    return [
      {
        line,
        message: `Line ${line} has ${written}, which cannot be expanded: ${expansion.reason}.`,
        remedy: 'Mend the expression.',
      },
    ];
  }
  if (expansion.kind === 'unknown' || expansion.text !== '') return [];
  const [name] = expansion.unset;
  const message = `Line ${line} has ${written}, which is empty once it is expanded${name === undefined ? '' : `: no ARG before the first FROM sets ${name}`}.`;
  return [{ line, message, remedy: name === undefined ? 'Give the argument a value.' : `ARG ${name}=VALUE` }];
}

/** Only what no version of BuildKit takes: a `*`, a character that no part can have, too many parts. */
function refusePlatform(line: number, platform: string): readonly Refusal[] {
  const parts = platform.split('/');
  const isPossible = parts.length <= 3 && parts.every((part) => /^[A-Za-z0-9_.()%+-]+$/.test(part));
  if (isPossible) return [];
  return [
    {
      line,
      message: `Line ${line} asks for the platform ${platform}, which is none.`,
      remedy: 'Write os/arch or os/arch/variant, such as linux/amd64.',
    },
  ];
}
