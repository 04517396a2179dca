import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { repository } from './repository.mjs';

/**
 * A copy of an example in which no RUN was ever seen by the builder: each stage begins with a variable of its own value.
 * Its cache mounts stay (packages already downloaded, as on a machine that built it before).
 */
export function stampedExample(example, folder) {
  cpSync(join(repository, 'examples', example), folder, { recursive: true });
  const dockerfile = join(folder, 'Dockerfile');
  const text = readFileSync(dockerfile, 'utf8');
  writeFileSync(dockerfile, text.replace(/^FROM .*$/gim, `$&\nENV BENCH_STAMP=${freshStamp()}`));
  return folder;
}

/** A text that no build of this or another run has seen. */
export function freshStamp() {
  return `${Date.now()}-${process.hrtime.bigint()}`;
}
