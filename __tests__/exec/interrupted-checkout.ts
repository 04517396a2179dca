import { writeSync } from 'node:fs';
import { withCheckout } from '../../src/exec/checkout-commit.ts';
import { exitOnInterruption } from '../../src/exec/interruption.ts';
import { withTempFolder } from '../../src/exec/temp-folder.ts';

/** A run that has HEAD of a repository checked out and stays there: its arguments are the repository and where it works. */
const [, , cwd = '', temporary = ''] = process.argv;
exitOnInterruption(() => {});
await withTempFolder(
  (folder) =>
    withCheckout({ cwd, revision: 'HEAD', folder, env: process.env }, async () => {
      writeSync(1, 'there\n');
      await new Promise((resolve) => setTimeout(resolve, 60_000));
    }),
  temporary,
);
