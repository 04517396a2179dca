import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { repository } from '../support/engine.ts';
import { withProject } from '../support/project.ts';

it(
  'packs into something that runs elsewhere with nothing installed beside it',
  () =>
    withProject({}, async (folder) => {
      execFileSync('npm', ['pack', '--silent', '--pack-destination', folder], { cwd: repository, stdio: 'pipe' });
      const [archive] = readdirSync(folder);
      if (archive === undefined) throw new Error('npm pack wrote nothing');
      execFileSync('tar', ['xzf', archive], { cwd: folder });
      const run = (...args: string[]): string =>
        execFileSync(process.execPath, [join(folder, 'package/dist/cli.js'), ...args], {
          cwd: folder,
          encoding: 'utf8',
        });
      expect(run('--version')).toBe(`${manifest(repository).version}\n`);
      expect(run('rules')).toContain('nonroot');
      expect(run('explain', 'max-size')).toContain('# max-size');
    }),
  60_000,
);

it('carries the licence text of every package that it bundles', () => {
  const licences = readFileSync(join(repository, 'dist/licenses.txt'), 'utf8');
  for (const name of ['commander', 'picomatch', 'yaml', 'zod', '@actions/exec']) {
    expect(licences).toContain(`${name} ${manifest(join(repository, 'node_modules', name)).version}`);
  }
  expect(licences).toContain('Permission is hereby granted');
});

function manifest(folder: string): { readonly version: string } {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
}
