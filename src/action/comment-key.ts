import type { Step } from './prepare.ts';

/** Which comment is this step's own: by its input, else by workflow, job and what it was told to gate. */
export function commentKey({ event, inputs }: Pick<Step, 'event' | 'inputs'>): string {
  if (inputs.commentKey !== undefined) return inputs.commentKey;
  const { image, file, target, platform } = inputs.flags;
  const { context } = inputs;
  const parts = [event.workflow, event.job, image, context === '.' ? undefined : context, file, target, platform];
  return parts.filter((part) => part !== undefined).join(' ');
}
