// Speed against yardsticks that are measured in the same run, interleaved: what counts is the ratio, not the machine.
//
//   npm run bench -- [--runs N] [--only CASE]...
//
// Exit code 1 when a median is beyond its bound.
import { availableParallelism, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { bundles } from './cases/bundles.mjs';
import { cold } from './cases/cold.mjs';
import { compare } from './cases/compare.mjs';
import { firstBuild } from './cases/first-build.mjs';
import { help } from './cases/help.mjs';
import { inspect } from './cases/inspect.mjs';
import { waiting } from './cases/waiting.mjs';
import { warm } from './cases/warm.mjs';
import { openEngine } from './engine.mjs';
import { printTable } from './print-table.mjs';
import { withFolder } from './with-folder.mjs';

const cases = { help, bundles, 'first-build': firstBuild, warm, waiting, cold, inspect, compare };

const { runs, names } = readArguments();
const engine = openEngine();
say(`${runs} interleaved runs on ${engine.description}; node ${process.version}, ${availableParallelism()} processors`);
const rows = await withFolder(async (folder) => {
  const measured = [];
  for (const name of names) {
    say(`${name} … (load ${loadavg()[0].toFixed(1)})`);
    measured.push(...(await cases[name]({ engine, folder, runs })));
  }
  return measured;
});
process.exitCode = printTable(rows) ? 0 : 1;

function readArguments() {
  const options = { runs: { type: 'string', default: '5' }, only: { type: 'string', multiple: true } };
  const { values } = parseArgs({ options });
  const names = values.only ?? Object.keys(cases);
  const unknown = names.find((name) => cases[name] === undefined);
  if (unknown !== undefined) refuse(`there is no case ${unknown}; there are: ${Object.keys(cases).join(', ')}`);
  const runs = Number(values.runs);
  if (!Number.isInteger(runs) || runs < 1) refuse('--runs takes a whole number from 1');
  return { runs, names };
}

function refuse(reason) {
  process.stderr.write(`bench: ${reason}\n`);
  process.exit(2);
}

function say(text) {
  process.stderr.write(`${text}\n`);
}
