import type { Evidence } from '../../policy/finding.ts';
import type { ImageReport } from '../report.ts';
import { isWaived, listChecks, listFindings, type PlacedFinding } from './policy.ts';

/** From this many on, the findings of one rule are one entry: nine shells must not push the broken budget out of sight. */
const many = 3;

/** One entry for people to read: a finding as it is, or many of one rule in one, `members` telling which. */
export type FoldedFinding = PlacedFinding & { readonly members: readonly PlacedFinding[] };

/** Findings in their order, those of one rule and kind together: its check states them, each gives its first evidence. */
export function foldFindings(image: ImageReport): FoldedFinding[] {
  const groups = new Map<string, PlacedFinding[]>();
  for (const finding of listFindings(image)) {
    const key = keyOf(finding);
    groups.set(key, [...(groups.get(key) ?? []), finding]);
  }
  return [...groups.values()].flatMap((group) =>
    group.length < many ? group.map((finding) => ({ ...finding, members: [finding] })) : [fold(group, image)],
  );
}

/** Waived findings keep to themselves: each names the person who accepted it. */
function keyOf(finding: PlacedFinding): string {
  const { rule, severity, platform, origin, waiver } = finding;
  const own = isWaived(finding) || waiver !== undefined ? [finding.message, finding.evidence] : [];
  return JSON.stringify([rule, severity, platform, origin, ...own]);
}

function fold(members: readonly PlacedFinding[], image: ImageReport): FoldedFinding {
  const [first] = members;
  if (first === undefined) throw new Error('nothing to fold');
  const { rule, severity, platform, origin } = first;
  const check = listChecks(image).find((each) => each.rule === rule && each.platform === platform);
  const saves = members.reduce((sum, each) => sum + (each.savesBytes ?? 0), 0);
  return {
    rule,
    severity,
    platform,
    origin,
    message: check?.statement ?? `${members.length} findings`,
    evidence: members.flatMap(({ evidence }, at) => (at === 0 ? evidence.slice(0, 1) : briefly(evidence[0]))),
    remedy: first.remedy,
    ...(saves === 0 ? {} : { savesBytes: saves }),
    isNew: members.every(({ isNew }) => isNew === first.isNew) ? first.isNew : null,
    members,
  };
}

/** Behind the first, a place inside the image says enough; the whole of it stands with the finding itself. */
function briefly(evidence: Evidence | undefined): Evidence[] {
  if (evidence === undefined) return [];
  return [evidence.path === undefined ? evidence : { path: evidence.path }];
}
