import { z } from 'zod';
import type { Profile } from '../../profile/profile.ts';
import { defineRule, type RawFinding, type Subjects } from '../define-rule.ts';
import { lineEvidence } from '../layer-evidence.ts';
import { page } from '../pages/base-image.ts';
import { matchesReference, referenceGlobSchema } from '../reference-glob.ts';

const globs = z.array(referenceGlobSchema).max(200).default([]);

/** Holds the external image under the final stage to lists of globs. */
export const baseImage = defineRule({
  id: 'base-image',
  summary: 'The final stage stands on an image that was agreed on.',
  severity: 'off',
  needs: 'image',
  options: z
    .strictObject({
      final: globs.describe('Globs of allowed base images; empty allows all that `deny` does not name.'),
      deny: globs.describe('Globs of refused base images; a refusal wins over a permission.'),
    })
    .refine(({ final, deny }) => final.length + deny.length > 0, 'name at least one image in `final` or `deny`'),
  page,
  check: (subject, { final, deny }) => {
    const { reference, digest } = subject.profile.base;
    if (reference === undefined) return unknownBase;
    const image = { reference, digest };
    const denied = deny.find((glob) => matchesReference(glob, image));
    if (denied !== undefined) return refused(subject, reference, `refused by \`${denied}\``, final);
    const allowed = final.find((glob) => matchesReference(glob, image));
    if (allowed !== undefined) return { findings: [], statement: `stands on ${reference}, allowed by ${allowed}` };
    if (final.length > 0) return refused(subject, reference, 'none of the allowed images', final);
    return { findings: [], statement: `stands on ${reference}, refused by no glob` };
  },
});

const unknownBase = {
  findings: [],
  statement: 'the base image of the final stage is unknown',
  cannotJudge: { hint: 'name the base image in the FROM line; a local folder in its place has no name to judge' },
};

function refused(subject: Subjects['image'], reference: string, why: string, final: readonly string[]) {
  const { profile, dockerfile } = subject;
  const finding: RawFinding = {
    message: `the final stage stands on ${reference}${via(profile)}, ${why}`,
    evidence: [lineEvidence(dockerfile, profile.base.line)].filter((each) => each.line !== undefined),
    remedy:
      final.length === 0
        ? 'take another base image for the final stage'
        : `take a base image that is allowed: ${final.map((glob) => `\`${glob}\``).join(', ')}`,
    origin: 'own',
  };
  return { findings: [finding], statement: `stands on ${reference}, ${why}` };
}

function via({ base }: Profile): string {
  return base.viaStages.length === 0 ? '' : ` (by way of ${base.viaStages.join(', ')})`;
}
