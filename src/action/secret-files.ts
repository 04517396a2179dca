import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { SecretValue } from '../settings/action/secret-inputs.ts';

/** Writes each value to a file that only this user can read, and gives buildx's specification of it; values never reach a command line. */
export async function writeSecretFiles(secrets: readonly SecretValue[], folder: string): Promise<readonly string[]> {
  if (secrets.length === 0) return [];
  await mkdir(folder, { mode: 0o700 });
  return Promise.all(
    secrets.map(async ({ id, value }, index) => {
      const file = join(folder, String(index));
      await writeFile(file, value, { mode: 0o600 });
      return [`id=${id}`, `src=${file}`].map(csvField).join(',');
    }),
  );
}

function csvField(field: string): string {
  return /[",\r\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field;
}
