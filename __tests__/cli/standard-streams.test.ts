import { spawn } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { build } from 'esbuild';
import { file, layer } from '../support/image-builder.ts';
import { ociLayout } from '../support/image-files.ts';

let folder: string;
let program: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'streams-'));
  program = join(folder, 'cli.mjs');
  await build({
    entryPoints: [new URL('../../src/cli.ts', import.meta.url).pathname],
    outfile: program,
    bundle: true,
    platform: 'node',
    format: 'esm',
    logLevel: 'error',
    banner: { js: "import { createRequire as r } from 'node:module'; const require = r(import.meta.url);" },
  });
  const many = Array.from({ length: 20_000 }, (_, at) => file(`/some/folder/with/many/files/${at}`, 1));
  await ociLayout(join(folder, 'many'), [layer(...many)]);
  writeFileSync(join(folder, 'Dockerfile'), 'FROM scratch\nBOGUS x\n');
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

type Ended = { readonly code: number | null; readonly stderr: string };

/** Runs in a shell, which says how the first program of the pipe ended. */
function shell(script: string): Promise<{ readonly stdout: string; readonly stderr: string }> {
  const child = spawn('bash', ['-c', script], { cwd: folder, env: { ...process.env, PROGRAM: program } });
  const said = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk: Buffer) => {
    said.stdout += chunk.toString();
  });
  child.stderr?.on('data', (chunk: Buffer) => {
    said.stderr += chunk.toString();
  });
  return new Promise((resolve) => child.once('close', () => resolve(said)));
}

/** Runs with a pipe whose reader is gone before the first word. */
function runUnread(args: readonly string[], unread: 'stdout' | 'stderr'): Promise<Ended> {
  const child = spawn(process.execPath, [program, ...args], { cwd: folder, env: { PATH: '/nowhere', HOME: folder } });
  child[unread].destroy();
  let stderr = '';
  if (unread === 'stdout') {
    child.stderr?.on('data', (chunk: Buffer) => {
      stderr += chunk.toString();
    });
  }
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, stderr })));
}

describe('a reader that leaves', () => {
  it('of a long result ends nothing but the result: `stagegate … | head`', async () => {
    const { stdout, stderr } = await shell(
      `node "$PROGRAM" inspect oci:many --path '**' | head -1; echo "code \${PIPESTATUS[0]}"`,
    );
    expect(stdout).toMatch(/^oci:many .*\ncode 0\n$/);
    expect(stderr).toBe('');
  });

  it.each([
    [['rules', '--format', 'json'], 0],
    [['explain', 'distroless'], 0],
    [['--help'], 0],
    [['inspect', 'oci:many', '--format', 'json'], 0],
    [['inspect', 'oci:nowhere'], 2],
    [['check', '.'], 1],
  ])('changes no exit code: %j ends with %d', async (args, code) => {
    expect(await runUnread(args, 'stderr')).toMatchObject({ code });
    const ended = await runUnread(args, 'stdout');
    expect(ended.code).toBe(code);
    expect(ended.stderr).not.toMatch(/^\s+at |EPIPE|bug of stagegate/m);
  });
});

it('says so and exits with 3 when the result cannot be written', async () => {
  const full = openSync('/dev/full', 'w');
  const child = spawn(process.execPath, [program, 'rules'], { stdio: ['ignore', full, 'pipe'] });
  closeSync(full);
  let stderr = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    stderr += chunk.toString();
  });
  const code = await new Promise((resolve) => child.once('close', resolve));
  expect(stderr).toMatch(/^stagegate: the result cannot be written: ENOSPC.*\n$/);
  expect(code).toBe(3);
});
