import type { Settings } from '../settings/settings.ts';
import type { Step } from './prepare.ts';

/** What this run is about, for the log: no value of a build argument or secret in it. */
export function settingsLines({ images, failOn }: Settings, { event, mode }: Pick<Step, 'event' | 'mode'>): string[] {
  const { pullRequest, name } = event;
  const about = pullRequest === undefined ? name : `${name} #${pullRequest.number}`;
  return [
    `event: ${about} (${tasks[mode.kind]})`,
    `findings that fail: ${failOn}`,
    ...images.map(
      (image) =>
        `image ${image.name}: ${image.dockerfileAsWritten}, final target ${image.target ?? 'the last stage'}, ${
          image.testTarget === undefined ? 'no test target' : `test target ${image.testTarget}`
        }`,
    ),
  ];
}

const tasks: Readonly<Record<Step['mode']['kind'], string>> = {
  'pull-request': 'compared with the base branch, commented',
  record: 'recorded as the baseline of its branch',
  judge: 'judged',
};
