import type { RulePage } from '../rule-page.ts';

/** What a person has to say about rule `test-target`. */
export const page: RulePage = {
  why: 'BuildKit leaves out every stage that the final one does not need. A stage with tests that nobody builds is green for ever.',
  counts: [
    '`passed`: the tests ran in this check and succeeded. `failed` and a target that does not exist are findings.',
    '`cached`: the tests succeeded before, with the same files, and nothing had to run. It passes and says so; `fresh: true` refuses it.',
    '`nothing-ran`: the stage has no RUN of its own, so it tests nothing. It passes and says so; `fresh: true` refuses it.',
    'An image entry without test target passes, unless `required: true` asks for one.',
  ],
  fix: [
    'Run the tests alone: `docker buildx build --target test .`',
    'Let the stage RUN them: `FROM build AS test`, then `RUN npm test`.',
    'Tests that have to run each time: `--no-cache-filter test`.',
  ],
  config: ['policy:', '  rules:', '    test-target: [error, { fresh: true }]'],
  waiverReason: 'the integration tests need a service that is down for the week',
};
