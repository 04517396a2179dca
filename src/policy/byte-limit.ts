import { z } from 'zod';

/** A limit in whole bytes; settings turn `60MB` into them. The title is how a config writes it, for the rule's page. */
export function byteLimit(description: string) {
  return z.int().nonnegative().meta({ title: 'a size: `60MB`, `57.2MiB`, bytes', description });
}
