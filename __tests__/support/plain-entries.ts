import type { Image, LayerEntry } from '../../src/image/image.ts';

/** Views of a table as objects of their own, so that they can be compared with what a test wrote. */
export function plainEntries(entries: Iterable<LayerEntry>): LayerEntry[] {
  return [...entries].map(({ path, type, mode, uid, gid, bytes, linkTarget, contentHash, contains, text, facts }) => ({
    ...{ path, type, mode, uid, gid, bytes },
    ...(linkTarget === undefined ? {} : { linkTarget }),
    ...(contentHash === undefined ? {} : { contentHash }),
    ...(contains === undefined ? {} : { contains }),
    ...(text === undefined ? {} : { text }),
    ...(facts === undefined ? {} : { facts }),
  }));
}

/** The image with the entries of all layers so. */
export function plainImage(image: Image): Image {
  return { ...image, layers: image.layers.map((layer) => ({ ...layer, entries: plainEntries(layer.entries) })) };
}
