import { randomFillSync } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildFinal, buildTest } from '../build-by-hand.mjs';
import { check } from '../check.mjs';
import { median } from '../median.mjs';
import { runInterleaved } from '../run-interleaved.mjs';

const SIZE_MB = 100;
/** What may be added for every 100 MB of image: each layer is read, verified and weighed. */
const SECONDS = 1;

/** Nothing to build: `check` of an image of 100 MB against the same two builds typed, which weigh nothing. */
export async function warm({ engine, folder, runs }) {
  const context = largeProject(join(folder, 'warm', 'context'));
  await check(context, engine);
  const { ours, byHand } = await runInterleaved(runs, {
    ours: () => check(context, engine),
    byHand: async () => (await buildTest(context, engine)) + (await buildFinal(context, engine)),
  });
  return [
    {
      what: `warm, image of ${SIZE_MB} MB`,
      samples: ours,
      yardstick: { what: 'both builds typed', samples: byHand },
      unit: 's',
      bound: median(byHand) + (SECONDS * SIZE_MB) / 100,
      boundText: `≤ by hand + ${SECONDS} s per 100 MB`,
    },
  ];
}

/** Half of it does not compress, half does: about what programs are like. */
function largeProject(folder) {
  mkdirSync(folder, { recursive: true });
  const half = (SIZE_MB / 2) * 1e6;
  writeFileSync(join(folder, 'noise'), randomFillSync(Buffer.alloc(half)));
  writeFileSync(join(folder, 'text'), 'The quick brown fox jumps over the lazy dog.\n'.repeat(half / 45));
  writeFileSync(
    join(folder, 'Dockerfile'),
    `FROM busybox:1.37 AS test
COPY noise /
RUN test -s /noise
FROM busybox:1.37 AS final
COPY noise /
COPY text /
USER 1000
`,
  );
  return folder;
}
