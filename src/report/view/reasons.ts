import type { ImageReport } from '../report.ts';
import { type FoldedFinding, foldFindings } from './fold-findings.ts';
import { isWaived, listChecks, listFindings, type PlacedCheck, type PlacedFinding } from './policy.ts';

/** What made an image fail, or kept us from judging it: shown without a click. */
export type Reason =
  | { readonly kind: 'finding'; readonly finding: FoldedFinding }
  | { readonly kind: 'check'; readonly check: PlacedCheck };

/** The most reasons that one image shows at once. */
export const maxReasons = 8;

/** The reasons that are shown at once, and how many more there are. */
export function shownReasons(
  image: ImageReport,
  most = maxReasons,
): { readonly shown: readonly Reason[]; readonly left: number } {
  const all = listReasons(image);
  return { shown: all.slice(0, most), left: Math.max(0, all.length - most) };
}

/** Findings that stand among the shown reasons already need no second place; those of a folded one are still to be listed. */
export function remainingFindings(image: ImageReport, most = maxReasons): PlacedFinding[] {
  const shown = shownReasons(image, most).shown.flatMap((reason) =>
    reason.kind === 'finding' ? [reason.finding] : [],
  );
  const whole = shown.flatMap(({ members }) => (members.length === 1 ? members : []));
  const seen = new Set(whole.map((finding) => JSON.stringify(finding)));
  return listFindings(image).filter((finding) => !seen.has(JSON.stringify(finding)));
}

/** The findings that fail the image, then failed or unjudged checks that no finding explains. */
function listReasons(image: ImageReport): Reason[] {
  if (image.verdict === 'pass') return [];
  const findings = failingFindings(image);
  const explained = new Set(findings.map(keyOf));
  const checks = listChecks(image).filter((check) => isUnexplained(check) && !explained.has(keyOf(check)));
  return [
    ...findings.map((finding): Reason => ({ kind: 'finding', finding })),
    ...checks.map((check): Reason => ({ kind: 'check', check })),
  ];
}

/** Errors; where there are none, the warnings: with `--fail-on warning` it is they that fail. */
function failingFindings(image: ImageReport): FoldedFinding[] {
  const open = foldFindings(image).filter((finding) => !isWaived(finding));
  const errors = open.filter((finding) => finding.severity === 'error');
  const hasOtherFault = image.test?.status === 'failed' || image.platforms.some((platform) => !('size' in platform));
  return errors.length > 0 || hasOtherFault || image.verdict === 'error' ? errors : open;
}

function isUnexplained({ severity, status }: PlacedCheck): boolean {
  return severity === 'error' && (status === 'failed' || status === 'not-judged');
}

function keyOf({ rule, platform }: { readonly rule: string; readonly platform: string | undefined }): string {
  return `${platform ?? ''} ${rule}`;
}
