import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { builderNotices } from '../../src/action/builder-notices.ts';
import { commentKey } from '../../src/action/comment-key.ts';
import { environmentOfBuilds } from '../../src/action/environment-of-builds.ts';
import { writeSecretFiles } from '../../src/action/secret-files.ts';
import { readActionInputs } from '../../src/settings/action/action-inputs.ts';
import { readRunEvent } from '../../src/settings/action/run-event.ts';
import { pullRequestPayload } from '../support/events.ts';
import { createReport } from '../support/report.ts';

const runner = {
  GITHUB_ACTIONS: 'true',
  GITHUB_EVENT_NAME: 'pull_request',
  GITHUB_REPOSITORY: 'octo/app',
  GITHUB_SHA: '3'.repeat(40),
  GITHUB_REF: 'refs/pull/7/merge',
  GITHUB_WORKFLOW: 'image',
  GITHUB_JOB: 'gate',
  GITHUB_RUN_ID: '1',
  GITHUB_ACTOR: 'ada',
};

describe('the key of the comment', () => {
  const keyOf = (inputs: Readonly<Record<string, string>>) => {
    const env = Object.fromEntries(
      Object.entries(inputs).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value]),
    );
    return commentKey({ event: readRunEvent(runner, pullRequestPayload()), inputs: readActionInputs(env) });
  };

  it('is the one of the input', () => {
    expect(keyOf({ 'comment-key': 'api' })).toBe('api');
  });

  it('is else that of workflow and job, and of what they gate', () => {
    expect(keyOf({})).toBe('image gate');
    expect(keyOf({ context: '.' })).toBe('image gate');
    expect(keyOf({ image: 'api' })).toBe('image gate api');
    expect(keyOf({ context: 'web', target: 'prod' })).toBe('image gate web prod');
  });
});

it('gives no build the inputs of the step', () => {
  const env = { PATH: '/bin', 'INPUT_GITHUB-TOKEN': 't', INPUT_SECRETS: 's', STATE_folder: 'f', NPM_TOKEN: 'n' };
  expect(environmentOfBuilds(env)).toEqual({ PATH: '/bin', NPM_TOKEN: 'n' });
});

it('hands secrets over by files that only this user reads', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'stagegate,"test-'));
  try {
    const [spec = ''] = await writeSecretFiles([{ id: 'npm', value: 'two\nlines' }], join(folder, 'secrets'));
    const file = join(folder, 'secrets', '0');
    expect(spec).toBe(`id=npm,"src=${file.replaceAll('"', '""')}"`);
    expect(await readFile(file, 'utf8')).toBe('two\nlines');
    expect((await stat(file)).mode & 0o777).toBe(0o600);
  } finally {
    await rm(folder, { recursive: true });
  }
});

describe('the notice about the builder', () => {
  const builder = { name: 'default', driver: 'docker', buildkit: 'v0.25.0', buildx: '0.29.1' };

  it('names the line that brings a build cache, on the classic store alone', () => {
    const noticesOn = (store: 'classic' | 'containerd') =>
      builderNotices(createReport({ builder: { ...builder, store } }));
    expect(noticesOn('classic')).toEqual([expect.stringContaining('uses: docker/setup-buildx-action@v4')]);
    expect(noticesOn('containerd')).toEqual([]);
  });
});
