import type { RulePage } from '../rule-page.ts';

/** What a person has to say about rule `dockerfile`. */
export const page: RulePage = {
  why: 'A stage that does not exist or a file that cannot be read is found in a moment, before a builder has spent minutes on it.',
  counts: [
    'What BuildKit would refuse: a target or a source stage that does not exist, an empty base name, an instruction that it does not know.',
    'These findings are always errors, whatever severity is set: no setting makes BuildKit take the file. Nor does a waiver.',
    'A Dockerfile with a `# syntax=` of its own language is left to BuildKit.',
  ],
  fix: ['Change the line that the finding names.'],
  config: ['policy:', '  rules:', '    dockerfile: error'],
};
