import { type Report, reportSchema } from './report.ts';
import { toJson } from './to-json.ts';

/** The report as JSON, keys in the order of the schema. A report that breaks the schema is a bug and throws. */
export function renderJson(report: Report): string {
  return toJson(reportSchema.parse(report));
}
