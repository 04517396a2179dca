import { type ArgScope, splitPair } from './arg-scope.ts';
import type { ParsedInstruction } from './read-instructions.ts';
import type { BasedStage } from './resolve-bases.ts';
import { splitInstruction } from './split-instruction.ts';
import { splitWords } from './split-words.ts';
import type { DockerfileWarning } from './stage-graph.ts';

export type ArgumentUse = {
  readonly stages: readonly BasedStage[];
  readonly globalArgs: readonly ParsedInstruction[];
  readonly scope: ArgScope;
  readonly buildArgs: Readonly<Record<string, string | undefined>>;
  readonly escapeToken: string;
};

/** Build arguments that silently do nothing, and the line that would make them count. */
export function warnArguments(use: ArgumentUse): readonly DockerfileWarning[] {
  const declared = new Set(use.globalArgs.flatMap((arg) => argNames(arg.rest, use.escapeToken)));
  const notGlobal = use.stages.flatMap((stage) => warnNotGlobal(stage, declared));
  const readByFrom = new Set(use.stages.flatMap((stage) => [...stage.read]));
  const used = new Set([...readByFrom, ...use.scope.read, ...stageArgs(use)]);
  const unused = Object.keys(use.buildArgs).filter((name) => !used.has(name) && !isPredefined(name));
  return [...notGlobal, ...unused.map((name) => warnUnused(name, use))];
}

/** A name that is declared without a default is unset as well, and quite as meant. */
function warnNotGlobal(stage: BasedStage, declared: ReadonlySet<string>): readonly DockerfileWarning[] {
  const line = stage.from.lines.start;
  return stage.unset
    .filter((name) => /^[A-Za-z_]/.test(name) && !declared.has(name))
    .map((name) => ({
      kind: 'from-arg-not-global',
      line,
      message: `FROM on line ${line} reads ${name}, but no ARG before the first FROM declares it, so --build-arg ${name} does nothing there.`,
      remedy: `ARG ${name}`,
    }));
}

function warnUnused(name: string, use: ArgumentUse): DockerfileWarning {
  const remedy = `ARG ${name}`;
  const isGlobal = use.globalArgs.some((arg) => argNames(arg.rest, use.escapeToken).includes(name));
  const stage = use.stages.find((candidate) =>
    candidate.instructions.some((instruction) => mentions(instruction, name)),
  );
  const lead = isGlobal
    ? `The build argument ${name} is declared before the first FROM only, and no FROM and no stage uses it`
    : `No stage declares the build argument ${name}, so it does nothing`;
  if (stage === undefined)
    return { kind: 'unused-build-arg', message: `${lead}. Declare it in the stage that should see it.`, remedy };
  const line = stage.from.lines.end;
  return {
    kind: 'unused-build-arg',
    line,
    message: `${lead}. Declare it below line ${line}, in the stage that reads $${name}.`,
    remedy,
  };
}

function stageArgs({ stages, escapeToken }: ArgumentUse): readonly string[] {
  return stages.flatMap((stage) => stage.instructions.flatMap((instruction) => declaredBy(instruction, escapeToken)));
}

function declaredBy(
  { keyword, rest }: { readonly keyword: string; readonly rest: string },
  escapeToken: string,
): readonly string[] {
  if (keyword.toUpperCase() === 'ARG') return argNames(rest, escapeToken);
  return keyword.toUpperCase() === 'ONBUILD' ? declaredBy(splitInstruction(rest, '\\'), escapeToken) : [];
}

function argNames(rest: string, escapeToken: string): readonly string[] {
  return splitWords(rest, escapeToken).map((word) => splitPair(word).name);
}

function mentions({ text }: ParsedInstruction, name: string): boolean {
  const at = text.indexOf(`$${name}`);
  return at >= 0 ? !/[A-Za-z0-9_]/.test(text.charAt(at + name.length + 1)) : text.includes(`\${${name}`);
}

/** Arguments that BuildKit itself takes, without any ARG. */
function isPredefined(name: string): boolean {
  return /^(BUILDKIT_.*|SOURCE_DATE_EPOCH|(https?|ftp|no|all)_proxy|(BUILD|TARGET)(PLATFORM|OS|OSVERSION|ARCH|VARIANT)|TARGETSTAGE)$/.test(
    /_proxy$/i.test(name) ? name.toLowerCase() : name,
  );
}
