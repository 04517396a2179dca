/** How a blob is packed, by its first bytes; a media type may say otherwise and loses. */
export type Compression = 'none' | 'gzip' | 'zstd';

/** Sniffs gzip (RFC 1952), zstd and zstd's skippable frames (RFC 8878) by magic number; four bytes are enough. */
export function sniffCompression(head: Buffer): Compression {
  if (head[0] === 0x1f && head[1] === 0x8b) return 'gzip';
  if (head.length < 4) return 'none';
  const magic = head.readUInt32LE(0);
  if (magic === 0xfd2fb528) return 'zstd';
  return magic >= 0x184d2a50 && magic <= 0x184d2a5f ? 'zstd' : 'none';
}

/** What a layer's media type says about its packing; undefined when it says nothing that we know. */
export function compressionOfMediaType(mediaType: string): Compression | undefined {
  if (/[.+]gzip$/.test(mediaType)) return 'gzip';
  if (/[.+]zstd$/.test(mediaType)) return 'zstd';
  return /[.]tar$/.test(mediaType) ? 'none' : undefined;
}
