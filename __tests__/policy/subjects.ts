import type { RootFilesystem } from '../../src/image/root-filesystem.ts';
import type { Subjects } from '../../src/policy/define-rule.ts';
import { createProfile } from '../support/profile.ts';

/** The image of `createProfile` with nothing in its root filesystem and no baseline. */
export function createImageSubject(overrides: Partial<Subjects['image']> = {}): Subjects['image'] {
  return {
    profile: createProfile(),
    filesystem: emptyFilesystem,
    dockerfile: 'services/api/Dockerfile',
    delta: undefined,
    noDelta: undefined,
    ...overrides,
  };
}

const emptyFilesystem: RootFilesystem = {
  files: new Map(),
  visibleBytes: 0,
  wastedBytes: 0,
  waste: [],
  wastedByLayer: [],
  notes: [],
  hidesByLayer: [],
  lookUp: () => undefined,
};
