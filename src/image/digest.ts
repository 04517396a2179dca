declare const digestBrand: unique symbol;
declare const diffIdBrand: unique symbol;

/** Digest of a blob as stored or transferred (`sha256:…`), compressed or not. OCI image-spec, descriptor.md. */
export type Digest = string & { readonly [digestBrand]: true };

/** Digest of a layer's uncompressed tar (`sha256:…`). Never mix with `Digest`. OCI image-spec, config.md. */
export type DiffId = string & { readonly [diffIdBrand]: true };

/** True for `sha256:` and 64 lower-case hex digits: the only algorithm that registries and engines use today. */
export function isDigest(text: string): text is Digest {
  return sha256Pattern.test(text);
}

/** The same check for the digest of an uncompressed layer. */
export function isDiffId(text: string): text is DiffId {
  return sha256Pattern.test(text);
}

/** Brands the hex digits of a SHA-256 that we computed over a blob. */
export function digestFromHex(hex: string): Digest {
  const text = `sha256:${hex}`;
  if (!isDigest(text)) throw new TypeError(`not a SHA-256 in hex: ${hex}`);
  return text;
}

/** Brands the hex digits of a SHA-256 that we computed over an uncompressed tar. */
export function diffIdFromHex(hex: string): DiffId {
  const text = `sha256:${hex}`;
  if (!isDiffId(text)) throw new TypeError(`not a SHA-256 in hex: ${hex}`);
  return text;
}

const sha256Pattern = /^sha256:[0-9a-f]{64}$/;
