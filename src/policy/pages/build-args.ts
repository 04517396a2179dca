import type { RulePage } from '../rule-page.ts';

/** What a person has to say about rule `build-args`. */
export const page: RulePage = {
  why: 'A build argument that nobody declares is dropped without an error, and a FROM that uses an argument of a stage sees it empty: the image is then not the one that was asked for.',
  counts: [
    'An argument that was given to the build and that no ARG of a needed place declares.',
    'An argument in a FROM line that is not declared before the first FROM.',
    'A Dockerfile with a `# syntax=` of its own language is not looked at.',
  ],
  fix: [
    'Declare it with ARG where it is used; before the first FROM for use in FROM lines.',
    'Stop giving an argument that nothing uses.',
  ],
  config: ['policy:', '  rules:', '    build-args: error'],
  waiverReason: 'shared by all builds of this pipeline',
};
