import { expect, it } from '@jest/globals';
import { redactValues } from '../../src/build/redact.ts';
import { redactConfig } from '../../src/profile/redact-config.ts';
import { createProfile } from '../support/profile.ts';

it("takes the values of build arguments out of an image's configuration, and leaves its numbers", () => {
  const before = createProfile();
  const config = { ...before.config, labels: { version: 'hunter2', 'x-hunter2': '1' }, workingDir: '/srv/hunter2' };
  const after = redactConfig({ ...before, config }, redactValues(['hunter2']));
  expect(after.config.labels).toEqual({ version: '***', 'x-***': '1' });
  expect(after.config.workingDir).toBe('/srv/***');
  expect(after.size).toEqual(before.size);
});
