import { type ImageReport, type Report, reportSchema, type WeighedPlatform } from '../../src/report/report.ts';
import { type EngineKind, type Ran, type RunOptions, stagegate } from './engine.ts';

export type Checked = Ran & { readonly report: Report; readonly image: ImageReport };

/** Runs `check … --format json` and reads what it printed: stdout must be one report and nothing else. */
export async function check(kind: EngineKind, args: readonly string[], options: RunOptions = {}): Promise<Checked> {
  const ran = await stagegate(kind, ['check', ...args, '--format', 'json'], options);
  const report = parse(ran);
  return { ...ran, report, image: firstImage(report) };
}

/** The only image of most reports; throws where there is none. */
export function firstImage({ images }: Report): ImageReport {
  const [image] = images;
  if (image === undefined) throw new Error('the report has no image');
  return image;
}

/** The one platform of an image, which must have been weighed. */
export function weighed({ platforms }: ImageReport): WeighedPlatform {
  const [found] = platforms;
  if (found === undefined || !('size' in found)) throw new Error('the image was not weighed');
  return found;
}

function parse({ exitCode, stdout, stderr }: Ran): Report {
  try {
    return reportSchema.parse(JSON.parse(stdout));
  } catch (cause) {
    throw new Error(`no report, exit code ${exitCode}:\n${stdout}\n${stderr}`, { cause });
  }
}
