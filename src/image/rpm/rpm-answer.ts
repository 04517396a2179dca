import { z } from 'zod';
import { foundPackageSchema } from '../facts/file-facts.ts';

/** What the process that reads an rpm database writes: its packages, or why it cannot, and whether another Node.js could. */
export const rpmAnswerSchema = z.union([
  z.object({ packages: z.array(foundPackageSchema) }),
  z.object({ trouble: z.string(), isPassing: z.boolean() }),
]);

export type RpmAnswer = z.infer<typeof rpmAnswerSchema>;

/** Reads the packages of an rpm database; whatever goes wrong is a trouble, never an exception. */
export type ReadRpmDatabase = (database: Uint8Array) => Promise<RpmAnswer>;

/** The most packages that are read of one database. */
export const mostRpmPackages = 50_000;
