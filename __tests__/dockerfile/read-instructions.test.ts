import { describe, expect, it } from '@jest/globals';
import { DockerfileParser } from 'dockerfile-ast';
import fc from 'fast-check';
import { readInstructions } from '../../src/dockerfile/read-instructions.ts';

describe('on ordinary Dockerfiles it cuts as dockerfile-ast does', () => {
  it.each([
    ['continuations', 'FROM a\nRUN a \\\n  b \\\n  c\nCMD ["x"]\n'],
    ['comments within', 'FROM a\nRUN a \\\n# no\n\n  b\nRUN c\n'],
    ['CRLF', 'FROM a\r\nRUN a \\\r\n b\r\nRUN c\r\n'],
    ['heredocs', 'FROM a\nRUN <<A <<-B\nx\nA\n\ty\n\tB\nCOPY <<"E" /e\nFROM\nE\nRUN c\n'],
    ['the other escape character', '# escape=`\nFROM a\nRUN a `\n b\nCOPY C:\\ D:\\\nRUN c\n'],
    ['an empty continuation', 'FROM a\nRUN a \\\n\n b\nRUN c'],
    ['triggers', 'FROM a\nONBUILD RUN <<E\nFROM\nE\nRUN c\n'],
  ])('%s', (_, text) => {
    const theirs = DockerfileParser.parse(text)
      .getInstructions()
      .map((each) => [each.getKeyword(), each.getRange().start.line + 1, each.getRange().end.line + 1]);
    expect(cut(text)).toEqual(theirs);
  });
});

describe('where dockerfile-ast is wrong it cuts as BuildKit does', () => {
  it.each([
    ['a doubled escape', 'FROM a\nRUN a \\\\\nRUN b\n', [1, 2, 3]],
    ['an escaped heredoc', 'FROM a\nRUN a \\<<E\nRUN b\nRUN c\n', [1, 2, 3, 4]],
    ['a blank before the name', 'FROM a\nRUN cat << E\nRUN\nE\nRUN b\n', [1, 2, 5]],
    ['a descriptor', 'FROM a\nRUN 3<<E cat\nRUN\nE\nRUN b\n', [1, 2, 5]],
    ['a name with a blank', 'FROM a\nRUN <<"E F"\nRUN\nE F\nRUN b\n', [1, 2, 5]],
    ['an unclosed quote', "FROM a\nRUN echo it's <<E\nRUN b\n", [1, 2, 3]],
  ])('%s', (_, text, starts) => {
    expect(cut(text).map(([, start]) => start)).toEqual(starts);
  });
});

it('gives every instruction lines of its own, in order', () => {
  const line = fc.constantFrom('FROM a', 'RUN x \\', ' y', '', '# c', 'RUN <<E', 'E', 'COPY a b', '\\');
  fc.assert(
    fc.property(fc.array(line, { maxLength: 20 }), (lines) => {
      let last = 0;
      for (const [, start, end] of cut(lines.join('\n'))) {
        expect(start).toBeGreaterThan(last);
        expect(end).toBeGreaterThanOrEqual(start);
        expect(end).toBeLessThanOrEqual(lines.length);
        last = end;
      }
    }),
  );
});

function cut(text: string): readonly (readonly [string, number, number])[] {
  const parsed = readInstructions(text, { heredocs: true });
  if (parsed.kind === 'refused') return [];
  return parsed.instructions.map(({ keyword, lines }) => [keyword.toUpperCase(), lines.start, lines.end]);
}
