import { formatDuration } from '../format-duration.ts';
import type { TestReport } from '../report.ts';

/** One line that says whether tests ran in this very run, and how they ended. */
export function testPhrase(test: TestReport): string {
  const target = `\`${test.target}\``;
  switch (test.status) {
    case 'passed':
      return `Tests passed: ${target} ran in ${formatDuration(test.durationMs)}.`;
    case 'failed':
      return `Tests failed: ${target} stopped after ${formatDuration(test.durationMs)}.`;
    case 'cached':
      return `Tests passed earlier: every step of ${target} came from the build cache, none ran now.`;
    case 'nothing-ran':
      return `No test ran: ${target} has no RUN of its own.`;
    case 'absent':
      return `No test ran: there is no test target ${target}.`;
  }
}
