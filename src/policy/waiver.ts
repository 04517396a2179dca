import picomatch from 'picomatch';
import type { WaiverReport } from '../report/report.ts';
import type { Finding } from './finding.ts';

/** A person's word that a finding is accepted. A waiver without path covers every finding of its rule. */
export type Waiver = {
  readonly rule: string;
  /** Glob over paths inside the image, `/usr/bin/ping`; one of a finding's paths has to match. */
  readonly path?: string;
  readonly reason: string;
  readonly owner: string;
  /** `YYYY-MM-DD`: counts up to the end of that day, UTC. */
  readonly expires: string;
};

/** Marks a finding with the waiver that covers it; one that counts goes before an expired one. */
export function waive(finding: Finding, waivers: readonly Waiver[], now: Date): Finding {
  const covering = waivers.filter((waiver) => covers(waiver, finding));
  const waiver = covering.find((each) => !isExpired(each, now)) ?? covering[0];
  if (waiver === undefined) return finding;
  const { reason, owner, expires } = waiver;
  return { ...finding, waiver: { reason, owner, expires, isExpired: isExpired(waiver, now) } };
}

/** True when the finding no longer counts; an expired waiver changes nothing. */
export function isWaived({ waiver }: Finding): boolean {
  return waiver !== undefined && !waiver.isExpired;
}

/** What became of each waiver, in their order. */
export function reportWaivers(waivers: readonly Waiver[], findings: readonly Finding[], now: Date): WaiverReport[] {
  return waivers.map((waiver) => ({
    rule: waiver.rule,
    ...(waiver.path === undefined ? {} : { path: waiver.path }),
    reason: waiver.reason,
    owner: waiver.owner,
    expires: waiver.expires,
    status: statusOf(waiver, findings, now),
  }));
}

/** Sums up what several judgements made of the same waivers: used once is used. */
export function mergeWaiverReports(reports: readonly (readonly WaiverReport[])[]): WaiverReport[] {
  const [first = [], ...rest] = reports;
  return first.map(
    (report, index) => rest.map((each) => each[index]).find((each) => each?.status === 'used') ?? report,
  );
}

function statusOf(waiver: Waiver, findings: readonly Finding[], now: Date): WaiverReport['status'] {
  if (isExpired(waiver, now)) return 'expired';
  return findings.some((finding) => covers(waiver, finding)) ? 'used' : 'unused';
}

function isExpired({ expires }: Waiver, now: Date): boolean {
  return now.toISOString().slice(0, 'YYYY-MM-DD'.length) > expires;
}

function covers({ rule, path }: Waiver, finding: Finding): boolean {
  if (rule !== finding.rule) return false;
  if (path === undefined) return true;
  const isMatch = picomatch(fromRoot(path), { dot: true, nonegate: true, noextglob: true, windows: false });
  return finding.evidence.some((evidence) => evidence.path !== undefined && isMatch(fromRoot(evidence.path)));
}

function fromRoot(path: string): string {
  return path.startsWith('/') ? path : `/${path}`;
}
