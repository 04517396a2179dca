import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { type NamedPath, refuseLinksOut } from '../../../src/settings/action/workspace-paths.ts';
import { localFiles } from '../../../src/settings/files.ts';
import { project } from '../project.ts';

async function check(path: (elsewhere: string) => string, input: NamedPath['input'] = 'context') {
  const elsewhere = await project({ 'secrets/key': 'x' });
  const workspace = await project({
    'app/Dockerfile': '',
    out: { link: join(elsewhere, 'secrets') },
    inside: { link: 'app' },
    dangling: { link: 'nowhere' },
  });
  return refuseLinksOut([{ input, path: path(elsewhere) }], { workspace, files: localFiles });
}

describe('refuseLinksOut', () => {
  it.each(['.', 'app', 'inside', 'inside/Dockerfile', 'dangling', 'missing', 'docker-image://alpine'])(
    'lets %s pass',
    async (path) => {
      await expect(check(() => path)).resolves.toBeUndefined();
    },
  );

  it('trusts what the workflow itself names outside', async () => {
    await expect(check((elsewhere) => join(elsewhere, 'secrets'))).resolves.toBeUndefined();
  });

  it.each(['out', 'out/key', 'app/../out/key'])(
    'refuses %s, which a pull request could have put there',
    async (path) => {
      await expect(check(() => path, 'secret-files')).rejects.toMatchObject({
        message: `secret-files: \`${path}\` leads out of the checkout by a symbolic link.`,
        hint: 'Put the files themselves into the repository.',
      });
    },
  );
});
