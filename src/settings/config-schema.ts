import { z } from 'zod';
import { image, imageName } from './image-schema.ts';
import { must } from './must.ts';
import { policySchema } from './policy-schema.ts';
import type { RuleDescription } from './rules.ts';

/** `stagegate.yml` for these rules; the JSON Schema for editors is generated from it. */
export function configSchema(rules: readonly RuleDescription[]) {
  return z
    .strictObject(
      {
        images: z
          .record(imageName, image, must('a map of names and images, such as { api: { context: services/api } }'))
          .describe('The images to gate, by name.')
          .exactOptional(),
        policy: policySchema(rules).exactOptional(),
      },
      must('a map with the keys images and policy'),
    )
    .describe(
      'Configuration of Stagegate. Paths are read from the folder of the file, from its parent if that is .github.',
    );
}

export type Config = z.infer<ReturnType<typeof configSchema>>;
export type ImageConfig = NonNullable<Config['images']>[string];
