import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** Makes a folder with these files, hands it to `use`, and removes it. A name that ends in `*` is executable, without the `*`. */
export async function withProject<Result>(
  files: Readonly<Record<string, string>>,
  use: (folder: string) => Promise<Result>,
): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), 'stagegate-project-'));
  try {
    for (const [name, content] of Object.entries(files)) {
      const path = join(folder, name.replace(/\*$/, ''));
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, content);
      if (name.endsWith('*')) await chmod(path, 0o755);
    }
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
