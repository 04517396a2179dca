import { z } from 'zod';
import type { Origin } from '../../profile/profile.ts';
import { defineRule, type RawFinding, type Subjects } from '../define-rule.ts';
import { countPrograms, describeProgram } from '../describe-program.ts';
import { findPrograms, type Program } from '../find-programs.ts';
import { layerEvidence } from '../layer-evidence.ts';
import { page } from '../pages/distroless.ts';
import { programKind } from '../programs.ts';

/** Proves on the root filesystem that nothing in the image is a shell or installs software. */
export const distroless = defineRule({
  id: 'distroless',
  summary: 'The root filesystem has no shell and no package manager.',
  severity: 'off',
  needs: 'image',
  options: z.strictObject({
    'also-forbid': z
      .array(z.string().regex(/^[^/\s]+$/, 'is no name of a program'))
      .max(200)
      .default([])
      .describe('Names of further programs that must not be there, such as `curl`.'),
  }),
  page,
  check: (subject, { 'also-forbid': alsoForbid }) => {
    const programs = findPrograms(subject.filesystem, (name) => programKind(name, alsoForbid));
    return {
      findings: [...programs.slice(0, listLimit).map((program) => present(program, subject)), ...beyondLimit(programs)],
      statement:
        programs.length === 0
          ? `no shell and no package manager among ${subject.profile.files.count} files`
          : countPrograms(programs),
    };
  },
});

const listLimit = 20;

function present(program: Program, { profile, dockerfile }: Subjects['image']): RawFinding {
  const shown = program.names.slice(0, listLimit);
  const origin = profile.layers.find((layer) => layer.position === program.layer)?.origin ?? 'unknown';
  return {
    message: describeProgram(program, listLimit),
    evidence: shown.map(({ path, layer }) => ({ path: `/${path}`, ...layerEvidence(layer, profile, dockerfile) })),
    remedy: remedies[origin],
    savesBytes: program.bytes,
    origin,
  };
}

const remedies: Readonly<Record<Origin, string>> = {
  own: 'leave it in a build stage and copy into the final stage only what the program needs',
  base: 'take a base image without it: scratch, gcr.io/distroless/… without `debug`, a `-chiseled` or Chainguard image without `-dev`',
  unknown: 'leave it out of the final stage, or take a base image without it',
};

/** No path stands as evidence here, so that a waiver for one path cannot cover what is not listed. */
function beyondLimit(programs: readonly Program[]): RawFinding[] {
  const hidden = programs.length - listLimit;
  if (hidden <= 0) return [];
  return [
    {
      message: `and ${hidden} more shells or package managers`,
      evidence: [],
      remedy: remedies.unknown,
      origin: 'unknown',
    },
  ];
}
