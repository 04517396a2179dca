import { fileURLToPath } from 'node:url';

/** Root of the repository. */
export const repository = fileURLToPath(new URL('..', import.meta.url));

/** The bundled command line: what users start. */
export const cli = fileURLToPath(new URL('../dist/cli.js', import.meta.url));
