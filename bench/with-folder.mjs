import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A temporary folder for the cases, gone at the end, also after an interrupt. */
export async function withFolder(use) {
  const folder = mkdtempSync(join(tmpdir(), 'stagegate-bench-'));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  process.once('SIGINT', () => {
    remove();
    process.exit(130);
  });
  try {
    return await use(folder);
  } finally {
    remove();
  }
}
