import { endChildren, killChildren } from './children.ts';
import { removeTempFolders } from './temp-folder.ts';

const SIGNALS = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;

let interrupted = false;

/**
 * To be called once, at the start of a door: an interrupted run ends its children, removes its temporary files and exits
 * with 130 (SIGINT) or 143 (SIGTERM); a second signal does so at once. `onInterrupt` is told first, to clear the display.
 */
export function exitOnInterruption(onInterrupt: (signal: keyof typeof SIGNALS) => void): void {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (interrupted) process.exit(SIGNALS[signal]);
      interrupted = true;
      onInterrupt(signal);
      endChildren().finally(() => process.exit(SIGNALS[signal]));
    });
  }
  process.on('exit', () => {
    killChildren();
    removeTempFolders();
  });
}

/** Passes a value on, but never once the run is interrupted: nobody shall report a build that we ended ourselves. */
export function unlessInterrupted<Value>(value: Value): Promise<Value> {
  return interrupted ? new Promise(() => {}) : Promise.resolve(value);
}
