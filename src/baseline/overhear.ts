import { AsyncLocalStorage } from 'node:async_hooks';

export type Stdout = Pick<NodeJS.WriteStream, 'write'>;

const listening = new AsyncLocalStorage<string[]>();
const patched = new WeakMap<Stdout, { write: Stdout['write']; listeners: number }>();

/**
 * Keeps what `work` prints to stdout in `heard` instead of printing it; all that others print meanwhile goes out.
 * @actions/cache tells only its log why nothing was found, and marks its troubles as errors of the whole step.
 * Masks pass, since the runner must know them; with `aloud` everything does.
 */
export async function overhear<Result>(
  work: () => Promise<Result>,
  { heard, stdout = process.stdout, aloud = false }: { heard: string[]; stdout?: Stdout; aloud?: boolean },
): Promise<Result> {
  const stop = listen(stdout, aloud);
  try {
    return await listening.run(heard, work);
  } finally {
    stop();
  }
}

function listen(stdout: Stdout, aloud: boolean): () => void {
  const known = patched.get(stdout) ?? { write: stdout.write, listeners: 0 };
  patched.set(stdout, known);
  known.listeners += 1;
  if (known.listeners === 1) {
    stdout.write = new Proxy(known.write, { apply: (write, self, args) => filtered(write, self, args, aloud) });
  }
  return () => {
    known.listeners -= 1;
    if (known.listeners > 0) return;
    stdout.write = known.write;
    patched.delete(stdout);
  };
}

function filtered(write: Stdout['write'], self: unknown, args: unknown[], aloud: boolean): unknown {
  const heard = listening.getStore();
  const text = textOf(args[0]);
  heard?.push(text);
  if (heard === undefined || aloud || text.startsWith('::add-mask::')) return Reflect.apply(write, self, args);
  const done = args.find((each) => typeof each === 'function');
  if (done !== undefined) process.nextTick(done);
  return true;
}

function textOf(chunk: unknown): string {
  return chunk instanceof Uint8Array ? Buffer.from(chunk).toString() : String(chunk);
}
