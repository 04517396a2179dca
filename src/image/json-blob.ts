import type { z } from 'zod';
import { UserError } from '../user-error.ts';
import { findLookalike } from './find-lookalike.ts';
import { findFault } from './json-text.ts';
import { brief, quoted } from './shown.ts';

/** No manifest, index or config may be larger than this many bytes; registries stop at 4 MiB. */
export const maxJsonBytes = 8 * 1024 * 1024;

/** Parses and validates a document of an image; exit 3 with its name and the first thing that is wrong with it. */
export function parseJsonBlob<T extends z.ZodType>(bytes: Buffer, schema: T, name: string): z.infer<T> {
  if (bytes.length > maxJsonBytes) throw unreadable(name, `it is larger than ${maxJsonBytes} bytes`);
  const value = parseJson(bytes, name);
  const lookalike = findLookalike(schema, value);
  if (lookalike !== null) throw unreadable(name, `the key ${quoted(lookalike)} is known in another case only`);
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw unreadable(name, issue ? `${quoted(issue.path.join('.'))}: ${brief(issue.message)}` : 'it has another shape');
}

function parseJson(bytes: Buffer, name: string): unknown {
  const text = bytes.toString('utf8');
  const fault = findFault(text);
  if (fault !== null) throw unreadable(name, brief(fault));
  try {
    return JSON.parse(text);
  } catch (error) {
    throw unreadable(name, 'it is not JSON', error);
  }
}

function unreadable(name: string, problem: string, cause?: unknown): UserError {
  return new UserError(`Reading ${name}: ${problem}`, {
    exitCode: 3,
    cause,
    hint: 'Build, save or pull the image again.',
  });
}
