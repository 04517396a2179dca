import type { ChangedFile } from '../github/changed-files.ts';

/** What of a pull request's own changes decides how it is judged. */
export type JudgedBy = {
  /** Paths of the config file that count, relative to the repository. */
  readonly configPaths: readonly string[];
  /** Path of the workflow that runs, where it is known. */
  readonly workflowPath: string | undefined;
};

/** Inputs that move the bar; a change of the others is a change of the build, which shows by itself. */
const judgingInputs =
  /^[+-]\s*(?:-\s*)?['"]?(max-size|max-download-size|max-growth|max-layers|base-image|distroless|nonroot|fail-on|test-target|target|config|image|baseline)['"]?\s*:/gm;

const inlineInputs =
  /^[+-].*\bwith:\s*\{.*?\b(?:max-size|max-download-size|max-growth|max-layers|base-image|distroless|nonroot|fail-on|test-target|target|config|image|baseline)\b/m;

/** A sentence for each way in which a pull request changes the bar that it is held to. */
export function ownChanges(files: readonly ChangedFile[], { configPaths, workflowPath }: JudgedBy): readonly string[] {
  return [...configChanges(files, configPaths), ...workflowChanges(files, workflowPath)];
}

function configChanges(files: readonly ChangedFile[], paths: readonly string[]): readonly string[] {
  return files
    .filter(({ path, previousPath }) => paths.includes(path) || paths.includes(previousPath ?? ''))
    .map(
      ({ path, previousPath, status }) =>
        `This pull request ${verbs[status] ?? 'changes'} ${paths.includes(path) ? path : previousPath}, and is judged by its own version of it.`,
    );
}

const verbs: Readonly<Record<string, string>> = { added: 'adds', removed: 'removes', renamed: 'renames' };

function workflowChanges(files: readonly ChangedFile[], workflowPath: string | undefined): readonly string[] {
  return files
    .filter(({ path }) => path === workflowPath)
    .flatMap(({ path, patch }) => {
      if (patch === undefined) return [`This pull request changes ${path}, which sets the inputs of this check.`];
      const names = new Set(Array.from(patch.matchAll(judgingInputs), ([, name = '']) => name));
      if (names.size > 0)
        return [`This pull request changes ${[...names].sort().join(', ')} of this check in ${path}.`];
      return inlineInputs.test(patch) ? [`This pull request changes inputs of this check in ${path}.`] : [];
    });
}
