import type { ImageEntry } from '../settings/settings.ts';
import type { ImageReport } from './report.ts';

/** The part of an image's report that is known before anything was done. */
export function describeEntry(entry: ImageEntry): Omit<ImageReport, 'verdict' | 'error' | 'test'> {
  return {
    name: entry.name,
    dockerfile: entry.dockerfileAsWritten,
    context: entry.contextAsWritten,
    stages: [],
    notes: [],
    checks: [],
    findings: [],
    waivers: [],
    platforms: [],
  };
}
