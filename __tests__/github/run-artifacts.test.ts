import { describe, expect, it } from '@jest/globals';
import { artifactAddress, runArtifact } from '../../src/github/run-artifacts.ts';
import { botGrant, client, gitHub, repository, token } from './setting.ts';

const name = 'stagegate-baseline-1-api';
const ours = { id: 30, run: 5, name, address: 'https://store.example/30?sig=x' };
const wanted = { repository, run: 5, name };

describe('the artifact of a run', () => {
  it('is the one of that name', async () => {
    const fake = await gitHub({ artifacts: [{ ...ours, id: 29, name: 'other' }, ours, { ...ours, id: 31, run: 6 }] });
    expect(await runArtifact(client(fake), wanted)).toEqual({ value: 30 });
  });

  it.each([
    ['has expired', { ...ours, expired: true }],
    ['has another name', { ...ours, name: `${name}-2` }],
  ])('is none where what there is %s', async (_, artifact) => {
    const fake = await gitHub({ artifacts: [artifact] });
    expect(await runArtifact(client(fake), wanted)).toEqual({ value: undefined });
  });

  it('is told by its address, which is not followed', async () => {
    const fake = await gitHub({ artifacts: [ours] });
    expect(await artifactAddress(client(fake), { repository, artifact: 30 })).toEqual({ value: ours.address });
    expect(fake.log).toHaveLength(1);
  });

  it.each([
    ['it has expired', { ...ours, expired: true }, /expired/],
    ['it is gone', { ...ours, id: 31 }, /404/],
    ['GitHub says no place', { id: 30, run: 5, name }, /does not say where/],
  ])('is a warning where %s', async (_, artifact, reason) => {
    const fake = await gitHub({ artifacts: [artifact] });
    const told = await artifactAddress(client(fake), { repository, artifact: 30 });
    expect(told).toEqual({ warning: expect.stringMatching(reason) });
  });

  it('is a warning that names the permission where it cannot be read', async () => {
    const fake = await gitHub({ tokens: { [token]: { ...botGrant, permissions: {} } }, artifacts: [ours] });
    const warning = expect.stringMatching(/`actions: read`/);
    expect(await runArtifact(client(fake), wanted)).toEqual({ warning });
    expect(await artifactAddress(client(fake), { repository, artifact: 30 })).toEqual({ warning });
  });
});
