import { escapeTerminal } from '../../escape.ts';
import type { Annotation } from '../annotations.ts';
import { cutText } from '../view/cut-texts.ts';
import { repositoryPath } from '../view/repository-path.ts';
import { shorten } from '../view/shorten.ts';
import type { Fault } from './list-faults.ts';

/** The runner cuts at 4,096 characters, in the middle of whatever stands there. */
const longestMessage = 4000;
const longestTitle = 120;

// So that a long message never pushes its remedy out.
const mostMessages = 8;
const messageRoom = 2400;
const mostRemedies = 2;
const remedyRoom = 500;

type Options = {
  /** Named in titles where a run has several. */
  readonly image: string | undefined;
  /** How many the image has: where it has several, what is so on one alone names it. */
  readonly platforms: number;
  readonly prefix: string | undefined;
};

/** One annotation for all that one rule says of one line, on whichever platform. Keeps the order. */
export function mergeFaults(faults: readonly Fault[], options: Options): Annotation[] {
  const groups = new Map<string, Fault[]>();
  for (const fault of faults) {
    const key = JSON.stringify([fault.level, fault.topic, fault.file, fault.line]);
    groups.set(key, [...(groups.get(key) ?? []), fault]);
  }
  return [...groups.values()].map((group) => annotate(group, options));
}

function annotate(group: readonly Fault[], options: Options): Annotation {
  const [first] = group;
  if (first === undefined) throw new Error('nothing to annotate');
  const title = options.image === undefined ? first.topic : `${first.topic} (${options.image})`;
  return {
    level: first.level,
    title: plain(shorten(title, longestTitle)),
    message: cutText([...messages(group, options), ...remedies(group)].map(plain).join('\n'), longestMessage),
    ...place(first, options.prefix),
  };
}

/** Each message once, with its platform where only one of several says so. */
function messages(group: readonly Fault[], { platforms }: Options): string[] {
  const byText = new Map<string, Fault[]>();
  for (const fault of group) {
    const text = JSON.stringify(fault.lines);
    byText.set(text, [...(byText.get(text) ?? []), fault]);
  }
  const said = [...byText.values()];
  const rest = said.length > mostMessages ? [`… and ${said.length - mostMessages} more`] : [];
  const room = messageRoom / Math.min(said.length, mostMessages);
  return [...said.slice(0, mostMessages).flatMap((same) => linesOf(same, platforms, room)), ...rest];
}

function linesOf(same: readonly Fault[], platforms: number, room: number): string[] {
  const [first = '', ...log] = same[0]?.lines ?? [];
  const [one, ...others] = new Set(same.map(({ platform }) => platform));
  const on = platforms > 1 && others.length === 0 && one !== undefined ? `${one}: ` : '';
  return [on + shorten(first, room) + (log.length === 0 ? '' : ':'), ...log];
}

function remedies(group: readonly Fault[]): string[] {
  const distinct = new Set(group.map(({ remedy }) => remedy).filter((remedy) => remedy !== ''));
  return [...distinct].slice(0, mostRemedies).map((remedy) => `Fix: ${shorten(remedy, remedyRoom)}`);
}

/** No place rather than a wrong one: outside the repository, or under a name that cannot be written. */
function place(
  { file, line, lineEnd }: Fault,
  prefix: string | undefined,
): Pick<Annotation, 'file' | 'line' | 'lineEnd'> {
  const path = file === undefined ? undefined : repositoryPath(file, prefix);
  if (path === undefined || line === undefined || escapeTerminal(path) !== path) return {};
  return { file: path, line, ...(lineEnd === undefined ? {} : { lineEnd }) };
}

/** One line: marks of code become quotes, and what cannot be seen is spelled out. */
function plain(line: string): string {
  return escapeTerminal(line.replaceAll('`', "'").replaceAll('\t', '    '));
}
