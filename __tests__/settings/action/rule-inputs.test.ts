import { describe, expect, it } from '@jest/globals';
import { readSettings } from '../../../src/settings/read-settings.ts';
import { repository } from '../project.ts';
import { inputsOf } from './inputs.ts';

async function ruleOf(rule: string, inputs: Readonly<Record<string, string>>, policy = '{}') {
  const cwd = await repository({ 'stagegate.yml': `policy: ${policy}` });
  const { context, flags } = inputsOf(inputs);
  const { images } = await readSettings({ context, flags, cwd });
  return images[0].rules.get(rule);
}

describe('inputs that are named as rules', () => {
  it('switch base-image on with their globs', async () => {
    expect(await ruleOf('base-image', { 'base-image': 'scratch\ngcr.io/distroless/**' })).toEqual({
      severity: 'error',
      options: { final: ['scratch', 'gcr.io/distroless/**'], deny: [] },
    });
  });

  it('take the place of the globs of the file and keep its severity', async () => {
    const policy = '{ rules: { base-image: [warning, { final: [scratch] }] } }';
    expect(await ruleOf('base-image', { 'base-image': 'alpine' }, policy)).toEqual({
      severity: 'warning',
      options: { final: ['alpine'], deny: [] },
    });
  });

  it('win over a rule that the file switches off', async () => {
    const policy = '{ extends: off, rules: { base-image: off, nonroot: off } }';
    expect((await ruleOf('base-image', { 'base-image': 'alpine' }, policy))?.severity).toBe('error');
    expect((await ruleOf('nonroot', { nonroot: 'warning' }, policy))?.severity).toBe('warning');
  });

  it('keep the options of the file where they are a severity alone', async () => {
    const policy = '{ rules: { distroless: [error, { also-forbid: [curl] }] } }';
    expect(await ruleOf('distroless', { distroless: 'warning' }, policy)).toEqual({
      severity: 'warning',
      options: { 'also-forbid': ['curl'] },
    });
  });

  it('switch rules off', async () => {
    expect((await ruleOf('nonroot', { nonroot: 'off' }))?.severity).toBe('off');
    expect((await ruleOf('distroless', { distroless: 'false' }, '{ extends: strict }'))?.severity).toBe('off');
  });
});
