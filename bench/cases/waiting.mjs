import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildFinal, buildTest } from '../build-by-hand.mjs';
import { check } from '../check.mjs';
import { median } from '../median.mjs';
import { runInterleaved } from '../run-interleaved.mjs';
import { freshStamp } from '../stamped-example.mjs';

/** Two targets that wait rather than compute, as for a server or a database: `check` against the longer of the two alone. */
export async function waiting({ engine, folder, runs }) {
  const context = (side, run) => waitingProject(join(folder, `waiting-${side}-${run}`, 'context'));
  const { ours, test, final } = await runInterleaved(runs, {
    ours: (run) => check(context('ours', run), engine),
    test: (run) => buildTest(context('test', run), engine),
    final: (run) => buildFinal(context('final', run), engine),
  });
  const [what, samples] = median(test) > median(final) ? ['test alone', test] : ['final alone', final];
  return [
    {
      what: 'waiting, two targets of 8 s and 6 s',
      samples: ours,
      yardstick: { what, samples },
      unit: 's',
      bound: 1.1 * median(samples),
      boundText: '≤ 1.1 ×',
    },
  ];
}

function waitingProject(folder) {
  const stamp = freshStamp();
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    join(folder, 'Dockerfile'),
    `FROM busybox:1.37 AS test
RUN sleep 8 && : ${stamp}
FROM busybox:1.37 AS final
RUN sleep 6 && echo ${stamp} >/stamp
USER 1000
`,
  );
  return folder;
}
