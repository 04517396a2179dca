import type { MadeBy } from '../profile/profile.ts';
import type { Evidence } from './finding.ts';
import { lineEvidence } from './layer-evidence.ts';

/** A file or folder of the image, its bytes and who is known to have made it. */
type Made = {
  readonly bytes: number;
  readonly layer?: number;
  readonly madeBy?: MadeBy;
};

/**
 * The line of an earlier stage that made at least half of these bytes of a layer, which a `COPY --from` only brought.
 * Undefined where no such line is known.
 */
export function mainMaker(
  files: readonly Made[],
  { layer, bytes }: { readonly layer: number; readonly bytes: number },
): MadeBy | undefined {
  const byLine = new Map<number, { madeBy: MadeBy; bytes: number }>();
  for (const { madeBy, bytes: ofFile, layer: itsLayer } of files) {
    if (itsLayer !== layer || ofFile <= 0 || madeBy?.line === undefined) continue;
    byLine.set(madeBy.line, { madeBy, bytes: (byLine.get(madeBy.line)?.bytes ?? 0) + ofFile });
  }
  return [...byLine.values()].find((made) => 2 * made.bytes >= bytes)?.madeBy;
}

/** Its line as a proof. No path: by its path a finding is known again, and a budget is one whatever fills it. */
export function makerEvidence(maker: MadeBy | undefined, dockerfile: string | undefined): Evidence[] {
  return maker?.line === undefined ? [] : [lineEvidence(dockerfile, maker.line, maker.lineEnd)];
}

/** The same for the end of a remedy: `, and at line 9 of stage build, which made most of it`. */
export function makerRemedy(maker: MadeBy | undefined): string {
  return maker?.line === undefined ? '' : `, and at line ${maker.line} in stage ${maker.stage}, which made most of it`;
}
