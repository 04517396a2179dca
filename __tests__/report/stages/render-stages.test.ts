import { describe, expect, it } from '@jest/globals';
import { renderStages } from '../../../src/report/stages/render-stages.ts';
import { createStage, createStages } from '../../support/report.ts';

describe('renderStages', () => {
  it('lists the stages in file order with role, time and sources', () => {
    expect(renderStages(createStages(), 'text', { color: false, width: 120 }).split('\n')).toEqual([
      'LINE  STAGE    ROLE          TIME  TAKES FROM',
      '   3  deps                 cached  docker.io/library/node:24-slim',
      '   9  build                 9.6 s  deps',
      '  13  test     test        12.3 s  build',
      '  16  docs     not needed          build',
      expect.stringMatching(
        /^ {2}19 {2}runtime {2}final {8}0\.9 s {2}gcr\.io\/distroless\/nodejs24-debian13:nonroot, copy from deps \(line 21\)/,
      ),
      '',
    ]);
  });

  it('leaves the time out where nothing was built', () => {
    expect(renderStages([createStage({ isFinal: true })], 'text')).toBe(
      'LINE  STAGE    ROLE   TAKES FROM\n   1  stage 0  final  docker.io/library/alpine:3.23\n',
    );
  });

  it('gives the stages as JSON', () => {
    expect(JSON.parse(renderStages(createStages(), 'json'))).toEqual({ stages: createStages() });
  });

  it('gives a Mermaid flowchart', () => {
    expect(renderStages(createStages(), 'mermaid')).toMatch(/^flowchart LR\n[\s\S]*\n$/);
  });
});
