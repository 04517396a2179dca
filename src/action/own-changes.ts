import type { ChangedFile } from '../github/changed-files.ts';

/** What of a pull request's own changes decides how it is judged. */
export type JudgedBy = {
  /** Paths of the config file that count, relative to the repository. */
  readonly configPaths: readonly string[];
  /** Path of the workflow that runs, where it is known. */
  readonly workflowPath: string | undefined;
};

/** Inputs that move the bar, at the start of a changed line. What else of the workflow moves it is for people to see. */
const judgingInputs =
  /^[+-]\s*(?:-\s*)?['"]?(max-size|max-download-size|max-growth|max-layers|base-image|distroless|nonroot|fail-on|test-target|target|config|image|baseline)['"]?\s*:/gm;

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
    .filter(({ path, previousPath }) => path === workflowPath || (previousPath ?? path) === workflowPath)
    .map(({ path, patch = '' }) => {
      const names = new Set(Array.from(patch.matchAll(judgingInputs), ([, name = '']) => name));
      const what = names.size === 0 ? '' : `${[...names].sort().join(', ')} in `;
      return `This pull request changes ${what}${path}, the workflow that runs this check.`;
    });
}
