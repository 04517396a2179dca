import { chmodSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { check } from '../check.mjs';
import { runInterleaved } from '../run-interleaved.mjs';
import { clock, timeProgram } from '../time-program.mjs';

const BOUND = 0.6;

/** From the start of `check` to the start of its first build: what node and the question to the builder take is shown beside it. */
export async function firstBuild({ engine, folder, runs }) {
  const context = smallProject(join(folder, 'first-build', 'context'));
  const watched = watchDocker(join(folder, 'first-build'), engine);
  await check(context, engine);
  const { ours, node, inspect } = await runInterleaved(runs, {
    ours: async () => {
      watched.forget();
      const start = clock();
      await check(context, watched);
      return (watched.firstBuild() - start) / 1000;
    },
    node: () => timeProgram(process.execPath, ['-e', '0']),
    inspect: () => timeProgram('docker', ['buildx', 'inspect', '--bootstrap'], engine),
  });
  const both = node.map((seconds, run) => seconds + inspect[run]);
  return [
    {
      what: 'first build started',
      samples: ours,
      yardstick: { what: 'node -e 0, then docker buildx inspect', samples: both },
      unit: 's',
      bound: BOUND,
      boundText: `≤ ${BOUND} s`,
    },
  ];
}

function smallProject(folder) {
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    join(folder, 'Dockerfile'),
    'FROM busybox:1.37 AS test\nRUN true\nFROM busybox:1.37 AS final\nCOPY Dockerfile /\nUSER 1000\n',
  );
  return folder;
}

/** An engine like the given one whose `docker` writes down when it is asked to build, then goes on as the real one. */
function watchDocker(folder, engine) {
  const bin = join(folder, 'bin');
  const times = join(folder, 'times');
  mkdirSync(bin);
  writeFileSync(
    join(bin, 'docker'),
    `#!/bin/sh
if [ "$1 $2" = 'buildx build' ]; then date +%s%N >>'${times}'; fi
PATH=\${PATH#*:}
exec docker "$@"
`,
  );
  chmodSync(join(bin, 'docker'), 0o755);
  return {
    ...engine,
    env: { ...engine.env, PATH: `${bin}${delimiter}${engine.env.PATH}` },
    forget: () => rmSync(times, { force: true }),
    /** Milliseconds since 1970. */
    firstBuild: () => Math.min(...readFileSync(times, 'utf8').trim().split('\n').map(Number)) / 1e6,
  };
}
