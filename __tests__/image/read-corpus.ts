import { readArchiveFile } from '../../src/image/read-archive-file.ts';
import { outcomeOf } from './outcome-of.ts';

/** Run as a program: reads the archives that are named and prints what came of each. */
const outcomes: Record<string, object> = {};
for (const path of process.argv.slice(2)) outcomes[path] = await outcomeOf(() => readArchiveFile(path));
process.stdout.write(JSON.stringify(outcomes));
