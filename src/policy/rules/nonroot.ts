import { z } from 'zod';
import type { Profile } from '../../profile/profile.ts';
import { defineRule, type RawFinding } from '../define-rule.ts';
import { lineEvidence } from '../layer-evidence.ts';
import { page } from '../pages/nonroot.ts';

/** Judges the user of the built image by its uid, whatever it is called and whoever set it. */
export const nonroot = defineRule({
  id: 'nonroot',
  summary: 'The image runs as a user that is not root and that it knows.',
  severity: 'error',
  needs: 'image',
  options: z.strictObject({}),
  page,
  check: ({ profile, dockerfile }) => {
    const fault = findFault(profile.user);
    const where = lineEvidence(dockerfile, profile.user.line ?? profile.base.line);
    return {
      findings: fault === undefined ? [] : [{ ...fault, evidence: where.line === undefined ? [] : [where] }],
      statement: fault?.message ?? `runs as ${describe(profile.user)}, ${whoSet(profile.user)}`,
    };
  },
});

type User = Profile['user'];
type Fault = Omit<RawFinding, 'evidence'>;

const numericUser = '`USER 65532:65532`';

function findFault(user: User): Fault | undefined {
  if (user.uid === 0) return rootFault(user);
  const [name = '', group = ''] = user.configured.split(':', 2);
  if (user.uid === null) return unknownFault(user, `user ${name}`, '/etc/passwd');
  const isGroupUnknown = user.gid === null && group !== '';
  return isGroupUnknown ? unknownFault(user, `group ${group}`, '/etc/group') : undefined;
}

function rootFault(user: User): Fault {
  return {
    message: `runs as ${describe(user)}, ${whoSet(user)}`,
    remedy:
      user.setBy === 'own'
        ? `name a user other than root in the last USER of the final stage, such as ${numericUser}`
        : `add ${numericUser} at the end of the final stage, after the instructions that need root`,
    origin: user.setBy === 'base' ? 'base' : 'own',
  };
}

/** A container of such an image does not even start. */
function unknownFault(user: User, who: string, file: string): Fault {
  return {
    message: `${who} of USER ${user.configured} is not in the image's ${file}, ${whoSet(user)}`,
    remedy: `create it in the final stage or copy ${file} from the stage that did; a number needs no entry: ${numericUser}`,
    origin: user.setBy === 'base' ? 'base' : 'own',
  };
}

function describe({ uid, name, configured }: User): string {
  const known = name ?? (uid === 0 ? 'root' : undefined);
  const id = `uid ${uid}${known === undefined ? '' : ` (${known})`}`;
  return configured === '' || [String(uid), known].includes(configured) ? id : `${id} by USER ${configured}`;
}

function whoSet({ setBy, line }: User): string {
  if (setBy === 'base') return 'set by the base image';
  if (setBy === 'default') return 'since neither the Dockerfile nor the base image sets USER';
  return line === undefined ? 'set by the Dockerfile' : `set on line ${line}`;
}
