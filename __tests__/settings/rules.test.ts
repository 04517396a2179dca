import { describe, expect, it } from '@jest/globals';
import { rules } from '../../src/policy/rules/index.ts';
import { repository, settingsOf } from './project.ts';

async function rulesOf(policy: string, flags = {}) {
  const cwd = await repository({ 'stagegate.yml': policy });
  const { images } = await settingsOf(cwd, flags);
  return images[0].rules;
}

describe('the rules of an image', () => {
  it('are those of the contract without any config', async () => {
    const { images } = await settingsOf(await repository());
    const severities = Object.fromEntries([...images[0].rules].map(([id, { severity }]) => [id, severity]));
    expect(severities).toEqual({
      'base-image': 'off',
      'build-args': 'warning',
      distroless: 'off',
      dockerfile: 'error',
      'max-download-size': 'off',
      'max-growth': 'off',
      'max-layers': 'off',
      'max-size': 'off',
      nonroot: 'error',
      'test-target': 'error',
    });
  });

  it('have options that their own schema takes, in every preset', async () => {
    for (const preset of ['recommended', 'strict', 'off']) {
      const settings = await rulesOf(`policy: { extends: ${preset} }`);
      for (const rule of rules) {
        const setting = settings.get(rule.id);
        if (setting?.severity !== 'off') expect(rule.options.safeParse(setting?.options).success).toBe(true);
      }
    }
  });

  it('demand fresh tests, a distroless image and no warnings under strict', async () => {
    const settings = await rulesOf('policy: { extends: strict }');
    expect(settings.get('test-target')).toEqual({ severity: 'error', options: { fresh: true, required: true } });
    expect(settings.get('distroless')?.severity).toBe('error');
    expect(settings.get('build-args')?.severity).toBe('error');
    expect(settings.get('max-size')?.severity).toBe('off');
  });

  it('are all off under off, but for those that are named', async () => {
    const settings = await rulesOf('policy: { extends: off, rules: { nonroot: warning } }');
    const on = [...settings].filter(([, { severity }]) => severity !== 'off').map(([id]) => id);
    expect(on).toEqual(['nonroot']);
  });

  it('keep the options of the preset when only a severity is written', async () => {
    const settings = await rulesOf('policy: { extends: strict, rules: { test-target: warning } }');
    expect(settings.get('test-target')).toEqual({ severity: 'warning', options: { fresh: true, required: true } });
  });

  it('take options from the file', async () => {
    const settings = await rulesOf('policy: { rules: { base-image: [warning, { final: [scratch] }] } }');
    expect(settings.get('base-image')).toEqual({ severity: 'warning', options: { final: ['scratch'], deny: [] } });
  });
});

describe('a budget', () => {
  const forAll = 'policy: { rules: { max-size: [warning, { limit: 90MB }] } }\n';
  const image = 'images: { api: { context: services/api, budget: { max-size: 60MB, max-growth: 5% } } }\n';

  it.each([
    ['of the image switches its rule on as an error', image, {}, 'error', 60_000_000],
    ['of the policy holds for every image', forAll, {}, 'warning', 90_000_000],
    ['of the image wins over that of the policy, whose severity stays', forAll + image, {}, 'warning', 60_000_000],
    ['of a flag wins over both', forAll + image, { maxSize: '50MiB' }, 'warning', 52_428_800],
    ['of a flag needs no file', '', { maxSize: '1_500_000' }, 'error', 1_500_000],
    ['of a flag wins over off', 'policy: { rules: { max-size: off } }', { maxSize: '1B' }, 'error', 1],
  ])('%s', async (_title, file, flags, severity, limit) => {
    expect((await rulesOf(file, flags)).get('max-size')).toEqual({ severity, options: { limit } });
  });

  it('of the image is silent where the policy says off', async () => {
    const settings = await rulesOf(`policy: { rules: { max-size: off } }\n${image}`);
    expect(settings.get('max-size')?.severity).toBe('off');
    expect(settings.get('max-growth')).toEqual({ severity: 'error', options: { limit: { percent: 5 } } });
  });

  it('without a limit leaves its rule off, whatever its severity', async () => {
    expect((await rulesOf('policy: { rules: { max-size: error } }')).get('max-size')?.severity).toBe('off');
  });

  it('is read by the grammar of its own flag', async () => {
    const settings = await rulesOf('', { maxDownloadSize: '2kB', maxGrowth: '1KiB', maxLayers: '7' });
    expect(settings.get('max-download-size')?.options).toEqual({ limit: 2000 });
    expect(settings.get('max-growth')?.options).toEqual({ limit: { bytes: 1024 } });
    expect(settings.get('max-layers')?.options).toEqual({ limit: 7 });
  });
});
