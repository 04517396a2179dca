import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { sha256 } from '../__tests__/support/image-builder.ts';
import { Corpus } from './corpus.ts';
import { createRandom } from './random.ts';
import { runGuarded } from './run-guarded.ts';
import type { Target } from './target.ts';
import { targets } from './targets.ts';

/** Runs the fuzzer with these arguments; gives the exit code. */
export async function main(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      target: { type: 'string', multiple: true },
      minutes: { type: 'string', default: '1' },
      seed: { type: 'string', default: '1' },
      corpus: { type: 'string' },
      crashes: { type: 'string', default: 'fuzz/crashes' },
      repeat: { type: 'boolean', default: false },
    },
  });
  const chosen = targets.filter(({ name }) => values.target?.includes(name) ?? true);
  if (chosen.length === 0)
    throw new Error(`there is no such target; there are: ${targets.map(({ name }) => name).join(', ')}`);
  if (values.repeat) return repeat(chosen, positionals);
  const sessions = chosen.map((target) => new Session(target, Number(values.seed), values.crashes));
  for (const session of sessions) await session.start(values.corpus);
  const end = Date.now() + Number(values.minutes) * 60_000;
  for (let turn = 0; Date.now() < end; turn++)
    await sessions[turn % sessions.length]?.fuzz(Math.min(end, Date.now() + turnTime));
  for (const session of sessions) await session.save(values.corpus);
  return sessions.some((session) => session.crashes > 0) ? 1 : 0;
}

const turnTime = 15_000;

async function repeat(chosen: readonly Target[], files: readonly string[]): Promise<number> {
  for (const target of chosen) {
    for (const file of files) {
      const crash = await runGuarded(target, await readFile(file));
      say(`${target.name} ${file}: ${crash === null ? 'keeps its promises' : crash.stack}`);
      if (crash !== null) return 1;
    }
  }
  return 0;
}

/** One target with its corpus, its random numbers and its tally. */
class Session {
  readonly #target: Target;
  readonly #seed: number;
  readonly #crashFolder: string;
  readonly #corpus = new Corpus();
  readonly #random;
  readonly #known = new Set<string>();
  #executions = 0;
  #lastReport = 0;
  crashes = 0;

  constructor(target: Target, seed: number, crashFolder: string) {
    this.#target = target;
    this.#seed = seed;
    this.#crashFolder = crashFolder;
    this.#random = createRandom(seed);
  }

  /** Runs everything that is known already. */
  async start(folder: string | undefined): Promise<void> {
    const kept = folder === undefined ? [] : await readFolder(join(folder, this.#target.name));
    for (const input of [...this.#target.seeds(), ...kept]) await this.#execute(input);
    this.#report();
  }

  async fuzz(until: number): Promise<void> {
    while (Date.now() < until) {
      const input = this.#target.mutate(this.#corpus.pick(this.#random), this.#corpus.pick(this.#random), this.#random);
      if (input.length <= maxInput) await this.#execute(input);
    }
    if (Date.now() - this.#lastReport > 60_000) this.#report();
  }

  async save(folder: string | undefined): Promise<void> {
    this.#report();
    if (folder === undefined) return;
    const into = join(folder, this.#target.name);
    await mkdir(into, { recursive: true });
    for (const input of this.#corpus.inputs) await writeFile(join(into, sha256(input).slice(0, 16)), input);
  }

  async #execute(input: Buffer): Promise<void> {
    this.#executions++;
    const crash = await runGuarded(this.#target, input);
    this.#corpus.offer(input);
    if (crash !== null) await this.#keepCrash(input, crash);
  }

  /** The same fault is kept once: the line that threw tells faults apart. */
  async #keepCrash(input: Buffer, crash: Error): Promise<void> {
    const where = /\n\s+at .*/.exec(crash.stack ?? '')?.[0] ?? '';
    const fault = `${crash.name} ${where} ${crash.message.replace(/[0-9]+/g, 'N').slice(0, 60)}`;
    if (this.#known.has(fault)) return;
    this.#known.add(fault);
    this.crashes++;
    await mkdir(this.#crashFolder, { recursive: true });
    const file = join(this.#crashFolder, `${this.#target.name}-${sha256(input).slice(0, 8)}`);
    await writeFile(file, input);
    say(`${file}: ${crash.stack}`);
  }

  #report(): void {
    this.#lastReport = Date.now();
    const { inputs, bytes, reached } = this.#corpus;
    const ofCorpus = `${inputs.length} inputs of ${bytes} bytes in the corpus, ${reached} counters reached`;
    say(
      `${this.#target.name}: seed ${this.#seed}, ${this.#executions} executions, ${ofCorpus}, ${this.crashes} crashes`,
    );
  }
}

/** Larger inputs cost time and reach nothing new. */
const maxInput = 48 * 1024;

async function readFolder(folder: string): Promise<readonly Buffer[]> {
  const names = await readdir(folder).catch(() => []);
  return Promise.all(names.sort().map((name) => readFile(join(folder, name))));
}

function say(text: string): void {
  process.stdout.write(`${new Date().toISOString().slice(11, 19)} ${text}\n`);
}
