import { execFile, execFileSync } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type EngineKind, engineEnv, repository } from './engine.ts';
import { act, actionNode } from './runner.ts';

/** One run of a workflow: its log, whether the job passed, and what its last step wrote down of the action's outputs. */
export type WorkflowRun = {
  readonly passed: boolean;
  readonly log: string;
  readonly outputs: Readonly<Record<string, string>>;
  /** What its last step copied to `$STAGEGATE_REPORT`. */
  readonly report?: unknown;
};

export type RunOptions = {
  readonly event: 'push' | 'pull_request';
  readonly payload: unknown;
  readonly api: string;
  readonly token: string;
  readonly runId: number;
  /** The folder of act's cache server, shared by the runs of one test. */
  readonly cache: string;
  readonly cachePort: number;
  /** The folder of act's artifact server, for a test that reads what was left: RUN/NAME/NAME.zip. */
  readonly artifacts?: string;
  readonly engine: EngineKind;
  /** A builder other than the engine's own. */
  readonly builder?: string | undefined;
  readonly env?: Readonly<Record<string, string>>;
};

/** A git repository with this Action in it, whose workflow says `uses: ./`. */
export class WorkflowRepository {
  readonly folder: string;

  private constructor(folder: string) {
    this.folder = folder;
  }

  static async create(files: Readonly<Record<string, string>>, workflow: string): Promise<WorkflowRepository> {
    const made = new WorkflowRepository(await mkdtemp(join(tmpdir(), 'stagegate-workflow-')));
    await made.#git('init', '--quiet', '--initial-branch=main');
    await made.#git('remote', 'add', 'origin', 'https://github.com/octo/app.git');
    for (const part of ['action.yml', 'dist']) {
      await cp(join(repository, part), join(made.folder, part), { recursive: true });
    }
    await made.write({ ...files, '.github/workflows/image.yml': workflow });
    return made;
  }

  async write(files: Readonly<Record<string, string>>): Promise<void> {
    for (const [name, text] of Object.entries(files)) {
      await mkdir(dirname(join(this.folder, name)), { recursive: true });
      await writeFile(join(this.folder, name), text);
    }
  }

  /** Commits all that is there; gives the commit. */
  async commit(message: string): Promise<string> {
    await this.#git('add', '--all');
    await this.#git('commit', '--quiet', '--allow-empty', '--message', message);
    return this.head();
  }

  async head(): Promise<string> {
    return (await this.#git('rev-parse', 'HEAD')).trim();
  }

  /** What GitHub checks out for a pull request: the head merged into the base. */
  async mergeInto(base: string, branch: string): Promise<string> {
    await this.#git('checkout', '--quiet', '--detach', base);
    await this.#git('merge', '--quiet', '--no-ff', '--message', 'merge', branch);
    return this.head();
  }

  async branch(name: string, from: string): Promise<void> {
    await this.#git('checkout', '--quiet', '-B', name, from);
  }

  /** Runs the workflow with nektos/act on this machine itself, as a runner would. */
  async run({
    event,
    payload,
    api,
    token,
    runId,
    cache,
    cachePort,
    artifacts,
    engine,
    builder,
    env = {},
  }: RunOptions): Promise<WorkflowRun> {
    const place = await mkdtemp(join(tmpdir(), 'stagegate-act-'));
    try {
      await writeFile(join(place, 'event.json'), JSON.stringify(payload));
      const outputs = join(place, 'outputs');
      const report = join(place, 'report.json');
      const files = { STAGEGATE_OUTPUTS: outputs, STAGEGATE_REPORT: report };
      const variables = { GITHUB_API_URL: api, GITHUB_RUN_ID: String(runId), ...files, ...env };
      const args = [
        event,
        '-P=ubuntu-latest=-self-hosted',
        `--eventpath=${join(place, 'event.json')}`,
        '--action-offline-mode',
        '--actor=ada',
        `--secret=GITHUB_TOKEN=${token}`,
        `--cache-server-path=${cache}`,
        '--cache-server-addr=127.0.0.1',
        `--cache-server-port=${cachePort}`,
        `--artifact-server-path=${artifacts ?? place}`,
        '--artifact-server-addr=127.0.0.1',
        `--artifact-server-port=${cachePort + 1000}`,
        ...Object.entries(variables).map(([name, value]) => `--env=${name}=${value}`),
      ];
      const ofEngine = await engineEnv(engine);
      const path = `${dirname(await actionNode())}:${ofEngine.PATH}`;
      const ran = await start(await act(), args, {
        cwd: this.folder,
        env: {
          ...ofEngine,
          PATH: path,
          XDG_CACHE_HOME: place,
          ...(builder === undefined ? {} : { BUILDX_BUILDER: builder }),
        },
      });
      if (process.env.STAGEGATE_SHOW_STEPS) process.stderr.write(`${ran.log}\n`);
      const written = await readFile(outputs, 'utf8').catch(() => '{}');
      const reported = await readFile(report, 'utf8').catch(() => 'null');
      return { ...ran, outputs: JSON.parse(written), report: JSON.parse(reported) };
    } finally {
      await rm(place, { recursive: true, force: true });
    }
  }

  async remove(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
  }

  async #git(...args: readonly string[]): Promise<string> {
    const identity = ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.com', '-c', 'commit.gpgsign=false'];
    return execFileSync('git', [...identity, ...args], { cwd: this.folder, encoding: 'utf8' });
  }
}

function start(
  program: string,
  args: readonly string[],
  options: { readonly cwd: string; readonly env: NodeJS.ProcessEnv },
): Promise<{ passed: boolean; log: string }> {
  return new Promise((resolve) => {
    execFile(program, args, { ...options, maxBuffer: 1 << 28 }, (error, stdout, stderr) => {
      resolve({ passed: error === null, log: `${stdout}\n${stderr}` });
    });
  });
}
