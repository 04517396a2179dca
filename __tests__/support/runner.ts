import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { repository } from './engine.ts';

const run = promisify(execFile);
let known: Promise<Readonly<Record<'act' | 'node', string>>> | undefined;

/** nektos/act, which runs workflow files on this machine; `scripts/runner up` has built it. */
export async function act(): Promise<string> {
  known ??= readPaths();
  return (await known).act;
}

/** The Node.js that actions run on. */
export async function actionNode(): Promise<string> {
  known ??= readPaths();
  return (await known).node;
}

async function readPaths(): Promise<Readonly<Record<'act' | 'node', string>>> {
  const script = 'eval "$(scripts/runner env)" && printf "%s\\n%s" "$STAGEGATE_ACT" "$STAGEGATE_ACTION_NODE"';
  const { stdout } = await run('bash', ['-c', script], { cwd: repository });
  const [actPath = '', node = ''] = stdout.split('\n');
  return { act: actPath, node };
}
