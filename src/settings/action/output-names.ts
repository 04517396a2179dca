/** Every output that action.yml declares, in its order. */
export const actionOutputNames = [
  'verdict',
  'unpacked-size',
  'download-size',
  'size-delta',
  'baseline-commit',
  'comment-id',
  'report',
  'digest',
  'imageid',
  'metadata',
] as const;

export type ActionOutputName = (typeof actionOutputNames)[number];
