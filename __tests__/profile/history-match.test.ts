import { describe, expect, it } from '@jest/globals';
import type { Instruction } from '../../src/dockerfile/stage-graph.ts';
import type { HistoryEntry } from '../../src/image/image.ts';
import { historyText, matchHistory } from '../../src/profile/history-match.ts';

const entry = (createdBy: string, isEmpty = false, comment = 'buildkit.dockerfile.v0'): HistoryEntry => ({
  createdBy,
  comment,
  isEmpty,
});
const instruction = (text: string, line: number): Instruction => ({
  keyword: text.split(' ')[0] ?? '',
  text,
  lines: { start: line, end: line },
});

describe('matchHistory', () => {
  const own = [instruction('WORKDIR /app', 3), instruction('RUN make', 4), instruction('COPY . .', 6)];
  const history = [
    entry('ADD rootfs.tar / # debootstrap', false, ''),
    entry('CMD ["bash"]', true, ''),
    entry('WORKDIR /app'),
    entry('RUN |1 A=b /bin/sh -c make # buildkit'),
    entry('ENV X=1', true),
    entry('COPY . . # buildkit'),
  ];

  it('lays the instructions along the end of the history and calls the rest base', () => {
    const { baseCount, instructions } = matchHistory(history, 4, own);
    expect(baseCount).toBe(1);
    expect([...instructions].map(([position, { lines }]) => [position, lines.start])).toEqual([
      [3, 6],
      [2, 4],
      [1, 3],
    ]);
  });

  it('does not split an image whose history does not fit the Dockerfile', () => {
    expect(matchHistory(history, 4, [...own, instruction('ADD x /', 7)]).baseCount).toBeUndefined();
  });

  it('claims nothing when history and layers differ in number', () => {
    expect(matchHistory(history, 5, own)).toEqual({ baseCount: undefined, instructions: new Map() });
  });

  it('takes no layer of a foreign builder for its own', () => {
    const foreign = [entry('COPY . . # something', false, 'kaniko')];
    expect(matchHistory(foreign, 1, [instruction('COPY . .', 2)]).baseCount).toBeUndefined();
  });
});

describe('historyText', () => {
  it.each([
    ['RUN /bin/sh -c make # buildkit', 'RUN make'],
    ['COPY a b # buildkit', 'COPY a b'],
    ['/bin/sh -c #(nop) ADD file:abc in / ', 'ADD file:abc in /'],
    ['/bin/sh -c apt-get update', 'RUN apt-get update'],
    ['RUN |2 TOKEN=hunter2 DIR=/w /bin/sh -c make # buildkit', 'RUN make'],
    ['|1 TOKEN=hunter2 /bin/sh -c make', 'RUN make'],
    ['RUN |1 TOKEN=hunter2 /bin/bash -c make # buildkit', 'RUN …'],
    ['RUN |1 TOKEN=a /bin/sh -c hunter2 /bin/sh -c make # buildkit', 'RUN make'],
    ['', ''],
  ])('shows %p without values of build arguments', (createdBy, text) => {
    expect(historyText({ createdBy })).toBe(text);
  });
});
