// Loaded before a program (`node --import`): writes at its end what it took, for whoever measures it.
import { writeFileSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { isMainThread } from 'node:worker_threads';

const { BENCH_WATCH: file } = process.env;
if (file !== undefined && isMainThread) {
  const delay = monitorEventLoopDelay({ resolution: 5 });
  delay.enable();
  // Loading a program blocks it, and there is no progress to show yet.
  setTimeout(() => delay.reset(), 500).unref();
  process.on('exit', () => {
    const peakMB = (process.resourceUsage().maxRSS * 1024) / 1e6;
    writeFileSync(file, JSON.stringify({ peakMB, blockedMs: delay.max / 1e6 }));
  });
}
