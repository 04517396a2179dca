import { createHash } from 'node:crypto';

/** What a baseline in the Actions cache is of, and the branch that it was recorded on. */
export type BaselineSubject = {
  readonly image: string;
  /** Path of the Dockerfile as written. */
  readonly dockerfile: string | undefined;
  /** Undefined for the default target. */
  readonly target: string | undefined;
  readonly platform: string;
  /** Tells jobs apart that differ by nothing else here, such as legs of a matrix by their build arguments. */
  readonly variant: string | undefined;
  readonly branch: string;
};

/** The key of one commit's baseline: at most 350 characters of `[a-z0-9_.-]`, different for different subjects. */
export function baselineKey(subject: BaselineSubject, commit: string): string {
  return baselinePrefix(subject) + commit;
}

/** What the keys of all commits of one branch begin with, and no other key does. */
export function baselinePrefix({ image, dockerfile, target, platform, variant, branch }: BaselineSubject): string {
  // Two jobs may build two targets of one folder, and so two images of one name.
  const recipe = [dockerfile, target, variant].map((each) => encodeURIComponent(each ?? '')).join(':');
  return `stagegate-baseline-1-${[image, recipe, platform, branch].map(part).join('-')}-`;
}

/** The name of the artifact that a run leaves; the run says the commit. */
export function baselineArtifact(subject: BaselineSubject): string {
  return baselinePrefix(subject).slice(0, -1);
}

/** The commit that a key under this prefix names; undefined for a key that we did not make. */
export function commitOfKey(key: string, prefix: string): string | undefined {
  const commit = key.startsWith(prefix) ? key.slice(prefix.length) : '';
  return isCommit(commit) ? commit : undefined;
}

/** A whole commit id, SHA-1 or SHA-256. */
export function isCommit(text: string): boolean {
  return /^([0-9a-f]{40}|[0-9a-f]{64})$/.test(text);
}

/**
 * A dash would end the part too soon (`main` and `main-2`), a comma is forbidden, and some services take upper case for
 * lower case: such names carry their hash, behind a dot.
 */
function part(name: string): string {
  if (/^[a-z0-9_]{1,60}$/.test(name)) return name;
  const hash = createHash('sha256').update(name).digest('hex').slice(0, 16);
  return `${name
    .toLowerCase()
    .replace(/[^a-z0-9_]/g, '_')
    .slice(0, 40)}.${hash}`;
}
