import { z } from 'zod';
import { must } from './must.ts';
import { parseGrowth, parseSize, percentPattern, SizeError, sizePattern } from './size.ts';

const sizeWords = 'a size such as 50MB, 47.7MiB or a number of bytes';
const size = grammar(parseSize, sizePattern, must(sizeWords));

const growthWords = 'a size such as 2MB or a percentage such as 5%';
const growth = grammar(parseGrowth, `${sizePattern}|${percentPattern}`, must(growthWords));

const layers = z.int(must('a whole number such as 12')).nonnegative(must('0 or more'));

/** The limit of each budget rule, in the grammar that people write. */
export const limits = {
  'max-size': size.describe('Largest unpacked size of the image: 60MB (10^6 bytes), 57.2MiB (2^20) or bytes.'),
  'max-download-size': size.describe('Largest size of the compressed image, as a registry sends it.'),
  'max-growth': growth.describe('How much the unpacked size may grow over the baseline: 5% or 2MB.'),
  'max-layers': layers.describe('Most layers that the Dockerfile may add to its base image.'),
};

/** `budget:` of an image. */
export const budget = z
  .strictObject(
    {
      'max-size': limits['max-size'].exactOptional(),
      'max-download-size': limits['max-download-size'].exactOptional(),
      'max-growth': limits['max-growth'].exactOptional(),
      'max-layers': limits['max-layers'].exactOptional(),
    },
    must('a map of limits, such as { max-size: 60MB }'),
  )
  .describe('Limits of this image; each switches on the rule of the same name.');

/** A text that `parse` reads, or whole bytes; a text near the grammar gets the grammar's own sentence. */
function grammar<T>(parse: (written: string | number) => T, pattern: string, right: { readonly error: string }) {
  const nearly = { error: ({ input }: { readonly input?: unknown }) => whyNot(parse, input) ?? right.error };
  return z
    .union([z.string().regex(new RegExp(pattern), nearly), z.int(right).nonnegative(right)], right)
    .transform((written, context): T => {
      const why = whyNot(parse, written);
      if (why === undefined) return parse(written);
      context.addIssue({ code: 'custom', message: why });
      return z.NEVER;
    });
}

function whyNot(parse: (written: string | number) => unknown, written: unknown): string | undefined {
  if (typeof written !== 'string' && typeof written !== 'number') return undefined;
  try {
    parse(written);
    return undefined;
  } catch (error) {
    if (error instanceof SizeError) return error.message;
    throw error;
  }
}
