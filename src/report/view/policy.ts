import type { Check, Finding } from '../../policy/finding.ts';
import type { ImageReport } from '../report.ts';
import { isWeighed } from './is-weighed.ts';

/** A check and where it was made: undefined for the image as a whole. */
export type PlacedCheck = Check & { readonly platform: string | undefined };
export type PlacedFinding = Finding & { readonly platform: string | undefined };

/** Every check of an image: those about Dockerfile and tests, then platform by platform. */
export function listChecks(image: ImageReport): PlacedCheck[] {
  return [
    ...image.checks.map((check) => ({ ...check, platform: undefined })),
    ...image.platforms
      .filter(isWeighed)
      .flatMap(({ platform, checks }) => checks.map((check) => ({ ...check, platform }))),
  ];
}

/** Every finding of an image: errors before warnings, waived ones last. */
export function listFindings(image: ImageReport): PlacedFinding[] {
  const all = [
    ...image.findings.map((finding) => ({ ...finding, platform: undefined })),
    ...image.platforms
      .filter(isWeighed)
      .flatMap(({ platform, findings }) => findings.map((finding) => ({ ...finding, platform }))),
  ];
  return all.sort((a, b) => urgency(a) - urgency(b));
}

/** A waiver counts until the end of its day; an expired one does not. */
export function isWaived({ waiver }: Finding): boolean {
  return waiver !== undefined && !waiver.isExpired;
}

function urgency(finding: Finding): number {
  if (isWaived(finding)) return 2;
  return finding.severity === 'error' ? 0 : 1;
}
