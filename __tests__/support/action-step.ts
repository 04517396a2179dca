import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type EngineKind, engineEnv, repository } from './engine.ts';
import { actionNode } from './runner.ts';
import { readFileCommands, type WorkflowCommand, workflowCommands } from './runner-files.ts';

export type StepOptions = {
  readonly engine: EngineKind;
  /** GITHUB_WORKSPACE: a checkout. */
  readonly workspace: string;
  readonly inputs: Readonly<Record<string, string>>;
  readonly event: string;
  readonly payload: unknown;
  readonly env?: Readonly<Record<string, string>>;
};

/** What the runner would know of a step once it has ended, its post step included. */
export type RanStep = {
  readonly exitCode: number;
  /** Both streams, in the order of stdout, then stderr. */
  readonly log: string;
  readonly commands: readonly WorkflowCommand[];
  readonly outputs: Readonly<Record<string, string>>;
  readonly summary: string;
  /** As it was before the post step. */
  readonly report: unknown;
  /** Files that lie in RUNNER_TEMP after the post step. */
  readonly left: readonly string[];
};

/** Runs the committed bundle as a runner does: Node 24, nothing but the runner's variables, then its post step. */
export async function runStep({ engine, workspace, inputs, event, payload, env = {} }: StepOptions): Promise<RanStep> {
  const folder = await mkdtemp(join(tmpdir(), 'stagegate-step-'));
  try {
    const file = async (name: string, text: string): Promise<string> => {
      const path = join(folder, name);
      await writeFile(path, text);
      return path;
    };
    const { DOCKER_HOST, DOCKER_CONFIG, BUILDX_CONFIG, BUILDX_BUILDER, PATH } = await engineEnv(engine);
    const runnerTemp = await mkdtemp(join(folder, 'temp-'));
    const files = {
      GITHUB_OUTPUT: await file('output', ''),
      GITHUB_STATE: await file('state', ''),
      GITHUB_STEP_SUMMARY: await file('summary', ''),
      GITHUB_ENV: await file('env', ''),
      GITHUB_PATH: await file('path', ''),
    };
    const variables = {
      ...{ DOCKER_HOST, DOCKER_CONFIG, BUILDX_CONFIG, BUILDX_BUILDER, PATH, HOME: process.env.HOME },
      ...{ CI: 'true', GITHUB_ACTIONS: 'true', GITHUB_EVENT_NAME: event, GITHUB_WORKSPACE: workspace },
      GITHUB_EVENT_PATH: await file('event.json', JSON.stringify(payload)),
      ...{ GITHUB_WORKFLOW: 'image', GITHUB_JOB: 'image', GITHUB_RUN_ID: '100', GITHUB_RUN_ATTEMPT: '1' },
      ...{ GITHUB_ACTOR: 'ada', GITHUB_REPOSITORY: 'octo/app', RUNNER_TEMP: runnerTemp, ...files },
      ...Object.fromEntries(
        Object.entries(inputs).map(([name, value]) => [`INPUT_${name.replaceAll(' ', '_').toUpperCase()}`, value]),
      ),
      ...env,
    };
    const main = await runNode(variables, workspace);
    const state = readFileCommands(await readFile(files.GITHUB_STATE, 'utf8'));
    const outputs = readFileCommands(await readFile(files.GITHUB_OUTPUT, 'utf8'));
    const report = outputs.report ? JSON.parse(await readFile(outputs.report, 'utf8')) : undefined;
    const states = Object.fromEntries(Object.entries(state).map(([name, value]) => [`STATE_${name}`, value]));
    const post = await runNode({ ...variables, ...states }, workspace);
    const log = main.log + post.log;
    if (process.env.STAGEGATE_SHOW_STEPS) process.stderr.write(`${log}\n`);
    return {
      exitCode: main.exitCode || post.exitCode,
      log,
      commands: workflowCommands(log),
      outputs,
      summary: await readFile(files.GITHUB_STEP_SUMMARY, 'utf8'),
      report,
      left: await readdir(runnerTemp),
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function runNode(env: NodeJS.ProcessEnv, cwd: string): Promise<{ exitCode: number; log: string }> {
  const node = await actionNode();
  return new Promise((resolve) => {
    execFile(node, [join(repository, 'dist/action.js')], { env, cwd, maxBuffer: 1 << 28 }, (error, stdout, stderr) => {
      const code = error === null ? 0 : error.code;
      resolve({ exitCode: typeof code === 'number' ? code : -1, log: `${stdout}\n${stderr}` });
    });
  });
}
