import { describe, expect, it } from '@jest/globals';
import { failurePhrase } from '../../../src/report/view/failure-phrase.ts';
import { createFailure } from '../../support/report.ts';

const failed = (step: string, message: string, exitCode?: number) => {
  const { exitCode: _, ...failure } = createFailure({ step, line: 27, message });
  return failurePhrase({ ...failure, ...(exitCode === undefined ? {} : { exitCode }) });
};

describe('failurePhrase', () => {
  it('names instruction and line once, though the message begins with both', () => {
    const step = 'COPY --from=build /src/assets /assets';
    const message = `${step} (Dockerfile:27) failed: failed to calculate checksum of ref a::b: "/src/assets": not found`;
    expect(failed(step, message)).toBe(
      `\`${step}\` (line 27) failed: failed to calculate checksum of ref a::b: "/src/assets": not found`,
    );
  });

  it('does so for an instruction that the message cut', () => {
    const step = `COPY ${'a '.repeat(300)}/x`;
    expect(failed(step, `${step.slice(0, 200)}… (Dockerfile:27) failed: why`)).toMatch(/\(line 27\) failed: why$/);
  });

  it('is not led astray by an instruction that says the same', () => {
    const step = 'COPY "(x) failed: y" /z';
    expect(failed(step, `${step} (Dockerfile:27) failed: why`)).toBe(`\`${step}\` (line 27) failed: why`);
  });

  it('leaves other messages as they are', () => {
    expect(failed('RUN x', 'no such image (x) failed: y')).toBe(
      '`RUN x` (line 27) failed: no such image (x) failed: y',
    );
    expect(failed('RUN x', 'RUN x (Dockerfile:27) ended with exit code 3', 3)).toBe(
      '`RUN x` (line 27) ended with exit code 3',
    );
  });

  it('is the message alone where no step failed', () => {
    expect(failed('BuildKit refused it', 'BuildKit refused it')).toBe('BuildKit refused it');
  });
});
