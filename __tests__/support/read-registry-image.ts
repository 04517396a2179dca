import { readImage } from '../../src/image/read-image.ts';
import { openRegistryImage } from '../../src/image/registry/open-registry-image.ts';
import { registryEffects } from '../../src/network/registry-effects.ts';
import { UserError } from '../../src/user-error.ts';

/** A program of its own for the Node.js that actions run on: prints what an image in a registry holds, or the error. */
const [reference = '', platform] = process.argv.slice(2);
try {
  const { source, roots } = await openRegistryImage(reference, registryEffects(process.env));
  const { digest, layers } = await readImage(source, roots, { platform });
  const shown = layers.map(({ entries, ...layer }) => ({ ...layer, paths: [...entries].map(({ path }) => path) }));
  console.log(JSON.stringify({ digest, layers: shown }));
} catch (error) {
  if (!(error instanceof UserError)) throw error;
  const { message, hint, exitCode } = error;
  console.log(JSON.stringify({ error: { message, hint, exitCode } }));
}
