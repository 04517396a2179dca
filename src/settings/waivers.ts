import { type ConfigFile, configError } from './config-file.ts';
import { quote } from './quote.ts';
import type { Waiver } from './settings.ts';

/** The waivers of the config file, in its order, each with its line; the same finding waived twice is refused. */
export function readWaivers(file: ConfigFile | undefined): readonly Waiver[] {
  const waivers = (file?.config.policy?.waivers ?? []).map((waiver, index): Waiver => {
    const place = file?.placeOf(['policy', 'waivers', index]);
    return { ...waiver, writtenAt: { ...(file && { file: file.name }), ...(place && { line: place.line }) } };
  });
  waivers.forEach((waiver, index) => {
    const first = waivers.slice(0, index).find(({ rule, path }) => rule === waiver.rule && path === waiver.path);
    if (first === undefined || file === undefined) return;
    const what = waiver.path === undefined ? quote(waiver.rule) : `${quote(waiver.rule)} for ${quote(waiver.path)}`;
    throw configError(file, ['policy', 'waivers', index], {
      sentence: `${what} is waived twice, first in line ${first.writtenAt.line}; keep one waiver`,
    });
  });
  return waivers;
}
