import type { Report } from '../report/report.ts';
import type { UserError } from '../user-error.ts';
import { version } from '../version.ts';

/** The report of a run whose inputs or config file are wrong: no image, but where people look they see why. */
export function errorReport({ message, hint }: UserError, run: Report['run']): Report {
  return {
    schemaVersion: 1,
    tool: { name: 'stagegate', version },
    verdict: 'error',
    error: { message, ...(hint === undefined ? {} : { hint }) },
    run,
    images: [],
  };
}
