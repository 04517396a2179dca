import { join } from 'node:path';
import { buildFinal, buildTest } from '../build-by-hand.mjs';
import { check } from '../check.mjs';
import { median } from '../median.mjs';
import { runInterleaved } from '../run-interleaved.mjs';
import { stampedExample } from '../stamped-example.mjs';

/** The main example, and one whose two targets share least. */
const EXAMPLES = ['go-distroless', 'node-slim'];

/** Nothing built before: `check` against the same two builds with the same outputs, typed one after the other. */
export async function cold({ engine, folder, runs }) {
  const rows = [];
  for (const example of EXAMPLES) {
    const context = (side, run) => stampedExample(example, join(folder, `cold-${example}-${side}-${run}`, 'context'));
    // Not counted: after it, base images are unpacked and packages are downloaded for both sides.
    await check(context('first', 0), engine);
    const { ours, byHand } = await runInterleaved(runs, {
      ours: (run) => check(context('ours', run), engine),
      byHand: (run) => buildOneAfterTheOther(context('by-hand', run), engine),
    });
    const yardstick = { what: 'both builds typed', samples: byHand };
    rows.push({
      what: `cold, ${example}`,
      samples: ours,
      yardstick,
      unit: 's',
      bound: median(byHand),
      boundText: '≤ 1.0 ×',
    });
  }
  return rows;
}

async function buildOneAfterTheOther(context, engine) {
  return (await buildTest(context, engine)) + (await buildFinal(context, engine));
}
