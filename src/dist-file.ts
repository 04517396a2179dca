import { fileURLToPath } from 'node:url';

/** A file of dist/ beside the doors, wherever the bundler put the code that asks. Unbundled there is none. */
export function distFile(name: string): URL {
  const here = new URL('.', import.meta.url);
  const isChunk = fileURLToPath(here).replaceAll('\\', '/').endsWith('/chunks/');
  return new URL(isChunk ? `../${name}` : name, here);
}
