import { ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { subscribe } from 'node:diagnostics_channel';

/** What a child that shall end is sent, and for how many milliseconds it may take that to heart. buildx cancels on the first. */
const ASKING: readonly (readonly [NodeJS.Signals, number])[] = [
  ['SIGINT', 4000],
  ['SIGTERM', 2000],
  ['SIGKILL', 1000],
];

const hasGroups = process.platform !== 'win32';
const running = new Set<ChildProcess>();
const leaders = new Set<ChildProcess>();

/** Starts a program as the leader of its own process group, so that what it starts (docker its plugin) ends with it. */
export function startChild(program: string, args: readonly string[], options: SpawnOptions): ChildProcess {
  const child = spawn(program, args, { ...options, detached: hasGroups, windowsHide: true });
  register(child);
  if (hasGroups) leaders.add(child);
  return child;
}

/** Asks a child and what it started to end, as Ctrl-C does, then harder; resolves when they are gone. */
export async function endChild(child: ChildProcess): Promise<void> {
  for (const [signal, patience] of ASKING) {
    if (!isAlive(child)) break;
    send(child, signal);
    await goneWithin(child, patience);
  }
  leaders.delete(child);
}

/** Ends every child of this process, whoever started it. */
export async function endChildren(): Promise<void> {
  await Promise.all([...running].map(endChild));
}

/** For the last moment of the process, where nothing can be waited for. */
export function killChildren(): void {
  for (const child of running) send(child, 'SIGKILL');
}

function register(child: ChildProcess): void {
  if (running.has(child)) return;
  running.add(child);
  const forget = () => {
    running.delete(child);
    if (!groupIsAlive(child)) leaders.delete(child);
  };
  child.once('exit', forget);
  child.once('error', () => {
    if (child.pid === undefined) forget();
  });
}

// A child of @actions/exec, which gives no handle to end it, is registered here too.
subscribe('child_process', (message) => {
  if (typeof message !== 'object' || message === null || !('process' in message)) return;
  if (message.process instanceof ChildProcess) register(message.process);
});

function send(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    if (leaders.has(child)) process.kill(-child.pid, signal);
    else child.kill(signal);
  } catch {
    // It is gone already.
  }
}

function isAlive(child: ChildProcess): boolean {
  return running.has(child) || groupIsAlive(child);
}

/** True while anything that the child started still runs, even when the child itself does not. */
function groupIsAlive(child: ChildProcess): boolean {
  if (child.pid === undefined || !leaders.has(child)) return false;
  try {
    return process.kill(-child.pid, 0);
  } catch {
    return false;
  }
}

async function goneWithin(child: ChildProcess, patience: number): Promise<void> {
  const end = Date.now() + patience;
  while (isAlive(child) && Date.now() < end) await new Promise((resolve) => setTimeout(resolve, 20));
}
