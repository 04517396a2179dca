import { cli } from '../repository.mjs';
import { runInterleaved } from '../run-interleaved.mjs';
import { timeProgram } from '../time-program.mjs';

const BOUND = 0.2;

/** What a person waits for `--help`, against a node that does nothing. */
export async function help({ runs }) {
  const { ours, node } = await runInterleaved(runs, {
    ours: () => timeProgram(process.execPath, [cli, '--help']),
    node: () => timeProgram(process.execPath, ['-e', '0']),
  });
  const yardstick = { what: 'node -e 0', samples: node };
  return [{ what: '--help', samples: ours, yardstick, unit: 's', bound: BOUND, boundText: `≤ ${BOUND} s` }];
}
