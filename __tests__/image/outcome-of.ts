import { applyLayers } from '../../src/image/apply-layers.ts';
import type { Image } from '../../src/image/image.ts';
import { UserError } from '../../src/user-error.ts';

/** What came of reading, in the words of the hostile corpus; anything but a UserError is thrown on. */
export async function outcomeOf(read: () => Promise<Image>): Promise<object> {
  try {
    const { layers, notes } = await read();
    const root = applyLayers(layers);
    return {
      unpackedBytes: layers.reduce((sum, { unpackedBytes }) => sum + unpackedBytes, 0),
      visibleBytes: root.visibleBytes,
      files: [...root.files.values()].map(({ path }) => path),
      notes: [...notes, ...root.notes],
    };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { refused: error.message, exitCode: error.exitCode };
  }
}
