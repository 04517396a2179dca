import { describe, expect, it } from '@jest/globals';
import { buildArgs } from '../../../src/policy/rules/build-args.ts';
import { createStageGraph } from '../stage-graph.ts';

describe('build-args', () => {
  it('passes a Dockerfile without warnings', () => {
    expect(buildArgs.check({ file: 'Dockerfile', graph: createStageGraph() }, {}).findings).toEqual([]);
  });

  it('finds each argument that has no effect, at its line where it has one', () => {
    const graph = createStageGraph({
      warnings: [
        {
          kind: 'from-arg-not-global',
          line: 7,
          message: 'TAG is empty in FROM',
          remedy: 'add `ARG TAG` before line 1',
        },
        { kind: 'unused-build-arg', message: 'VERSON is not declared', remedy: 'add `ARG VERSON`' },
      ],
    });
    const { findings, statement } = buildArgs.check({ file: 'Dockerfile', graph }, {});
    expect(statement).toBe('2 build arguments have no effect');
    expect(findings).toEqual([
      {
        message: 'TAG is empty in FROM',
        evidence: [{ file: 'Dockerfile', line: 7 }],
        remedy: 'add `ARG TAG` before line 1',
        origin: 'own',
      },
      {
        message: 'VERSON is not declared',
        evidence: [{ file: 'Dockerfile' }],
        remedy: 'add `ARG VERSON`',
        origin: 'own',
      },
    ]);
  });

  it('says that it did not look at a syntax of its own', () => {
    const result = buildArgs.check({ file: 'Dockerfile', graph: undefined }, {});
    expect(result).toEqual({ findings: [], statement: 'not looked at: the Dockerfile names its own syntax' });
  });
});
