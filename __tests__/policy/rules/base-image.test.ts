import { describe, expect, it } from '@jest/globals';
import { baseImage } from '../../../src/policy/rules/base-image.ts';
import type { Profile } from '../../../src/profile/profile.ts';
import { createProfile } from '../../support/profile.ts';
import { createImageSubject } from '../subjects.ts';

function standOn(base: Partial<Profile['base']>) {
  return createImageSubject({ profile: createProfile({ base: { family: 'other', viaStages: [], ...base } }) });
}

describe('base-image', () => {
  it('passes a base that an allowed glob matches, and says which', () => {
    const subject = standOn({ reference: 'gcr.io/distroless/static-debian12:nonroot' });
    expect(baseImage.check(subject, { final: ['scratch', 'gcr.io/distroless/**'], deny: [] })).toEqual({
      findings: [],
      statement: 'stands on gcr.io/distroless/static-debian12:nonroot, allowed by gcr.io/distroless/**',
    });
  });

  it('finds a base that no allowed glob matches, at its FROM line, with the local stages on the way', () => {
    const subject = standOn({ reference: 'docker.io/library/node:24', line: 3, viaStages: ['runtime', 'base'] });
    expect(baseImage.check(subject, { final: ['scratch', 'gcr.io/distroless/**'], deny: [] }).findings).toEqual([
      {
        message:
          'the final stage stands on docker.io/library/node:24 (by way of runtime, base), none of the allowed images',
        evidence: [{ file: 'services/api/Dockerfile', line: 3 }],
        remedy: 'take a base image that is allowed: `scratch`, `gcr.io/distroless/**`',
        origin: 'own',
      },
    ]);
  });

  it('lets a denial win over a permission', () => {
    const subject = standOn({ reference: 'node:latest' });
    const { findings } = baseImage.check(subject, { final: ['node'], deny: ['**:latest'] });
    expect(findings).toMatchObject([{ message: 'the final stage stands on node:latest, refused by `**:latest`' }]);
    expect(findings[0]?.evidence).toEqual([]);
  });

  it('passes with denials alone what none of them names', () => {
    const subject = standOn({ reference: 'node:24' });
    expect(baseImage.check(subject, { final: [], deny: ['**:latest'] }).findings).toEqual([]);
  });

  it('holds an image to a pinned digest that stands beside the reference', () => {
    const digest = `sha256:${'a'.repeat(64)}`;
    const other = `sha256:${'b'.repeat(64)}`;
    const subject = standOn({ reference: 'node:24', digest });
    expect(baseImage.check(subject, { final: [`node@${digest}`], deny: [] }).findings).toHaveLength(0);
    expect(baseImage.check(subject, { final: [`node@${other}`], deny: [] }).findings).toHaveLength(1);
  });

  it('does not judge a base without a name', () => {
    const result = baseImage.check(standOn({}), { final: ['**'], deny: [] });
    expect(result.findings).toEqual([]);
    expect(result.cannotJudge?.hint).toContain('FROM');
  });

  it.each([{}, { final: [] }, { deny: [] }, { final: [''] }, { final: ['https://gcr.io/x'] }, { deny: ['!alpine'] }])(
    'refuses the options %j',
    (options) => {
      expect(baseImage.options.safeParse(options).success).toBe(false);
    },
  );
});
