import { describe, expect, it } from '@jest/globals';
import { ownChanges } from '../../src/action/own-changes.ts';

const judgedBy = {
  configPaths: ['stagegate.yml', '.github/stagegate.yml'],
  workflowPath: '.github/workflows/image.yml',
};
const workflow = (patch?: string) => ({
  path: '.github/workflows/image.yml',
  status: 'modified',
  ...(patch === undefined ? {} : { patch }),
});

describe('what a pull request changes of the bar that it is held to', () => {
  it('is nothing in most of them', () => {
    const files = [
      { path: 'src/main.go', status: 'modified', patch: '+max-size: 5GB' },
      { path: '.github/workflows/other.yml', status: 'modified', patch: '+          max-size: 5GB' },
    ];
    expect(ownChanges(files, judgedBy)).toEqual([]);
  });

  it.each([
    ['modified', 'changes stagegate.yml'],
    ['added', 'adds stagegate.yml'],
    ['removed', 'removes stagegate.yml'],
  ])('is the config file when it is %s', (status, words) => {
    expect(ownChanges([{ path: 'stagegate.yml', status }], judgedBy)).toEqual([expect.stringContaining(words)]);
  });

  it('is the config file when it is renamed away', () => {
    const renamed = { path: 'old.yml', previousPath: 'stagegate.yml', status: 'renamed' };
    expect(ownChanges([renamed], judgedBy)).toEqual([expect.stringContaining('renames stagegate.yml')]);
  });

  it('is every input of the step that moves the bar', () => {
    const patch = "@@ -9,2 +9,2 @@\n-          max-size: 50MB\n+          max-size: 5GB\n+          'fail-on': never";
    expect(ownChanges([workflow(patch)], judgedBy)).toEqual([
      'This pull request changes fail-on, max-size in .github/workflows/image.yml, the workflow that runs this check.',
    ]);
  });

  it.each([
    [
      'inputs on one line',
      '@@ -9 +9 @@\n-        with: { target: final, max-size: 50MB }\n+        with: { target: final }',
    ],
    ['a line that only allows failing', '@@ -9 +9 @@\n+        continue-on-error: true'],
    ['no patch, as GitHub leaves out long ones', undefined],
  ])('is the workflow that runs the check, with %s', (_, patch) => {
    expect(ownChanges([workflow(patch)], judgedBy)).toEqual([
      'This pull request changes .github/workflows/image.yml, the workflow that runs this check.',
    ]);
  });
});
