import { open } from 'node:fs/promises';

/** BuildKit takes no larger secret: 500 kB. */
const LARGEST = 500_000;

/** The text of a secret's file; rejects for what is no regular file or larger than BuildKit takes. */
export async function readSecretFile(path: string): Promise<string> {
  const file = await open(path);
  try {
    const stats = await file.stat();
    if (!stats.isFile() || stats.size > LARGEST) throw new Error(`${path} is no secret that BuildKit takes`);
    return await file.readFile('utf8');
  } finally {
    await file.close();
  }
}
