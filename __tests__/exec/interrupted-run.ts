import { writeSync } from 'node:fs';
import { buildTargets } from '../../src/exec/build-targets.ts';
import { exitOnInterruption } from '../../src/exec/interruption.ts';
import { probeBuilder } from '../../src/exec/probe-builder.ts';
import { withTempFolder } from '../../src/exec/temp-folder.ts';
import { builder, imageEntry } from '../build/image-entry.ts';

/** A run as a door would do it, to be interrupted: its argument says in which phase docker hangs. */
exitOnInterruption((signal) => writeSync(1, `interrupted by ${signal}\n`));
await withTempFolder(async (folder) => {
  if (process.argv[2] === 'probe') await probeBuilder({ env: process.env });
  await buildTargets({
    entry: imageEntry(),
    builder: builder(),
    graph: undefined,
    folder,
    env: process.env,
    testTarget: 'test',
    finalTarget: 'final',
  });
});
writeSync(1, 'went on\n');
