import { scanByContent, scanByName } from '../../src/image/facts/content-facts.ts';
import { FactBudget } from '../../src/image/facts/fact-budget.ts';
import type { FileFacts } from '../../src/image/facts/file-facts.ts';

/** What reading a file tells when its content comes in slices of this size. */
export function factsOf(
  { path = 'x', mode = 0o755, content }: { path?: string; mode?: number; content: Buffer | string },
  sliceBytes = 1 << 30,
): FileFacts | undefined {
  const bytes = Buffer.from(content);
  const file = { path, mode, size: bytes.length };
  let scan = scanByName(file, new FactBudget());
  for (let at = 0; at < bytes.length; at += sliceBytes) {
    // A slice of a buffer that is used again afterwards, as the readers' are.
    const slice = Buffer.from(bytes.subarray(at, at + sliceBytes));
    scan = scan === undefined ? (scanByContent(file, slice) ?? { update: () => {}, finish: () => undefined }) : scan;
    scan.update(slice);
    slice.fill(0);
  }
  return scan?.finish();
}
