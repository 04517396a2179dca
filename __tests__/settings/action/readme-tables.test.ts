import { describe, expect, it } from '@jest/globals';
import { readmeTables } from '../../../src/settings/action/readme-tables.ts';

const manifest = `
name: X
inputs:
  max-size: { description: 'Largest size: \`a|b\`.' }
  github-token:
    description: |
      Token for
      the comment.
    default: \${{ github.token }}
outputs:
  verdict: { description: Pass or fail. }
`;

describe('readmeTables', () => {
  it('makes one row of each input and output', () => {
    const { inputs, outputs } = readmeTables(manifest);
    expect(inputs).toBe(
      '| Input | Default | What it does |\n| --- | --- | --- |\n' +
        '| `max-size` |  | Largest size: `a\\|b`. |\n' +
        '| `github-token` | `${{ github.token }}` | Token for the comment. |\n',
    );
    expect(outputs).toBe('| Output | What it holds |\n| --- | --- |\n| `verdict` | Pass or fail. |\n');
  });
});
