import { describe, expect, it } from '@jest/globals';
import { type ArtifactPlace, findInArtifact } from '../../src/baseline/find-in-artifact.ts';
import { writeZip } from '../../src/baseline/write-zip.ts';
import { imageEntry } from '../build/image-entry.ts';
import { createReport } from '../support/report.ts';

const commits = { wanted: 'a'.repeat(40), newest: 'b'.repeat(40), older: 'c'.repeat(40) };
const base = { branch: 'main', commit: commits.wanted };
const wanted = { entry: imageEntry(), platform: 'linux/amd64', head: Promise.resolve(undefined) };
const reportOf = (commit: string) => JSON.stringify(createReport({ run: { ...createReport().run, commit } }));

/** Runs newest first, each with the bytes of its artifact. */
function place(runs: Readonly<Record<string, string | Buffer | undefined>>): ArtifactPlace & { asked: string[] } {
  const asked: string[] = [];
  const listed = Object.keys(runs).map((commit, index) => ({ id: index + 1, commit }));
  return {
    asked,
    listRuns: async () => ({ value: listed }),
    findArtifact: async (run, name) => {
      asked.push(`${run.commit[0]} ${name}`);
      return { value: runs[run.commit] === undefined ? undefined : run.id };
    },
    download: async (id) => {
      const content = runs[listed[id - 1]?.commit ?? ''] ?? '';
      return { value: typeof content === 'string' ? await writeZip('report.json', Buffer.from(content)) : content };
    },
  };
}

describe('findInArtifact', () => {
  it('gives what the push of the base commit left, although others are newer', async () => {
    const { newest, wanted: exact } = commits;
    const runs = place({ [newest]: reportOf(newest), [exact]: reportOf(exact) });
    const { baseline, tried, wantedCommit } = await findInArtifact({ base, place: runs })(wanted);
    expect(baseline?.origin).toMatchObject({
      source: 'artifact',
      commit: exact,
      ref: 'refs/heads/main',
      verified: true,
    });
    expect([tried, wantedCommit]).toEqual([[], exact]);
    expect(runs.asked).toEqual([expect.stringMatching(/^a stagegate-baseline-1-api-.*-main$/)]);
  });

  it('gives the newest of the branch where the base commit left none', async () => {
    const { newest, older } = commits;
    const runs = place({ [newest]: undefined, [older]: reportOf(older) });
    const { baseline } = await findInArtifact({ base, place: runs })(wanted);
    expect(baseline?.origin).toMatchObject({ commit: older, wantedCommit: commits.wanted });
  });

  it.each<[string, string | Buffer, string]>([
    ['of another commit', reportOf(commits.older), 'was recorded at cccccccccc'],
    ['of an older schema', '{"schemaVersion":0}', 'its schemaVersion is 0, not 1'],
    ['cut off', reportOf(commits.newest).slice(0, 500), 'is not complete JSON'],
    ['of another image', JSON.stringify(createReport({ images: [] })), 'has no image named api'],
    ['no archive', Buffer.from('PK'), 'is no ZIP archive'],
  ])('goes without one that is %s, says why, and asks the run before', async (_, content, reason) => {
    const { newest, older } = commits;
    const { baseline, tried } = await findInArtifact({
      base,
      place: place({ [newest]: content, [older]: reportOf(older) }),
    })(wanted);
    expect(tried).toEqual([{ source: 'artifact', reason: expect.stringContaining(reason) }]);
    expect(tried[0]?.reason).toContain('the artifact of main at bbbbbbb ');
    expect(baseline?.origin.commit).toBe(older);
  });

  it.each<[string, Partial<ArtifactPlace>, string]>([
    ['runs', { listRuns: async () => ({ warning: 'Could not list: give the job `actions: read`.' }) }, 'actions: read'],
    ['artifacts', { findArtifact: async () => ({ warning: 'Could not list the artifacts.' }) }, 'list the artifacts'],
    ['the archive', { download: async () => ({ warning: 'artifact 1 did not come' }) }, 'did not come'],
    ['no run at all', { listRuns: async () => ({ value: [] }) }, 'no push to main was run successfully'],
  ])('goes without a baseline when GitHub gives no %s', async (_, trouble, reason) => {
    const found = await findInArtifact({
      base,
      place: { ...place({ [commits.newest]: reportOf(commits.newest) }), ...trouble },
    })(wanted);
    expect(found.baseline).toBeUndefined();
    expect(found.tried[0]?.reason).toContain(reason);
  });

  it('asks no more than five runs, and says what it looked for', async () => {
    const many = Object.fromEntries(Array.from({ length: 9 }, (_, at) => [String(at).repeat(40), undefined]));
    const runs = place(many);
    const { tried } = await findInArtifact({ base, place: runs, variant: 'leg' })(wanted);
    expect(runs.asked).toHaveLength(5);
    expect(tried).toEqual([
      { source: 'artifact', reason: expect.stringMatching(/^the latest pushes to main left no artifact stagegate-/) },
    ]);
  });
});
