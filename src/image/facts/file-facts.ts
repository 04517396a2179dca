import { z } from 'zod';

/** Package types as package-url names them. */
export const packageTypes = ['deb', 'apk', 'rpm', 'npm', 'pypi', 'golang', 'maven'] as const;

export const foundPackageSchema = z.object({
  type: z.enum(packageTypes),
  name: z.string(),
  version: z.string(),
});

export const binaryFactsSchema = z.object({
  /** As GOARCH and OCI platforms name it; `machine N` (e_machine of ELF) where they have no name. */
  architecture: z.string(),
  kind: z.enum(['program', 'library', 'object', 'other']),
  /** PT_INTERP: the loader that starts a dynamically linked program. */
  interpreter: z.string().optional(),
  /** DT_NEEDED in its order; undefined when it could not be read. */
  needed: z.array(z.string()).optional(),
});

/** What reading a file's content told, kept in place of the content. */
export const fileFactsSchema = z.object({
  binary: binaryFactsSchema.optional(),
  /** Of an executable text: what stands behind its `#!`. */
  script: z.string().optional(),
  packages: z.array(foundPackageSchema).optional(),
  /** Why something in it could not be read, in words of ours. */
  trouble: z.string().optional(),
});

/** One package as a database, manifest or program says. */
export type FoundPackage = z.infer<typeof foundPackageSchema>;
export type BinaryFacts = z.infer<typeof binaryFactsSchema>;
export type FileFacts = z.infer<typeof fileFactsSchema> & {
  /** A whole package database that only a process of its own may read; gone once it was read. */
  readonly database?: Uint8Array | undefined;
  /** The trouble was this process's, another may read it: nothing to remember. */
  readonly isPassing?: boolean | undefined;
};

/** A name or version that could be one: longer or empty ones are nobody's, and a report would carry them. */
export function isFit(text: unknown): text is string {
  return typeof text === 'string' && text !== '' && text.length <= maxChars && !/[\0-\x1f\x7f]/.test(text);
}

const maxChars = 300;
