import { LineCounter, parseDocument } from 'yaml';
import { type KeyPath, type Place, type Problem, problemError } from './place.ts';
import { yamlErrors } from './yaml-errors.ts';
import { tooDeepAt } from './yaml-nesting.ts';
import { YamlReader } from './yaml-reader.ts';

/** Plain data of a YAML file, and where each part of it stands. */
export type ParsedYaml = {
  /** Maps, lists, strings, numbers, booleans and null; undefined for an empty file. */
  readonly value: unknown;
  /** Place of the value at `path`, or of its nearest parent that exists. */
  readonly placeOf: (path: KeyPath) => Place;
  /** Place of the key under which the value at `path` stands. */
  readonly keyPlaceOf: (path: KeyPath) => Place;
};

/** Longest file, in characters: bounds the time that a hostile file can take. */
const longestFile = 64 * 1024;
const longestLine = 1000;
/** Reads YAML 1.2 (`off` is a text); `file` is for messages. Throws UserError with file:line:column. */
export function parseYaml(text: string, file: string): ParsedYaml {
  const unbounded = boundProblem(text);
  if (unbounded !== undefined) throw problemError(file, [unbounded]);
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: false, prettyErrors: false, version: '1.2' });
  const placeAt = (offset: number): Place => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  const broken = document.errors[0] ?? document.warnings[0];
  if (broken !== undefined) {
    throw problemError(file, [{ place: placeAt(broken.pos[0]), sentence: yamlErrors[broken.code] }]);
  }
  const reader = new YamlReader(document, placeAt);
  const value = reader.read(document.contents, []);
  const [problem, ...more] = reader.problems;
  if (problem !== undefined) throw problemError(file, [problem, ...more]);
  return {
    value,
    placeOf: (path) => placeAt(nearestOffset(reader.values, path)),
    keyPlaceOf: (path) => placeAt(reader.keys.get(JSON.stringify(path)) ?? nearestOffset(reader.values, path)),
  };
}

function boundProblem(text: string): Problem | undefined {
  const top = { line: 1, column: 1 };
  if (text.length > longestFile) {
    return { place: top, sentence: `the file has more than ${longestFile} characters; a config file is smaller` };
  }
  const long = text.split('\n').findIndex((line) => line.length > longestLine);
  if (long >= 0) {
    const sentence = `the line has more than ${longestLine} characters; break it into shorter ones`;
    return { place: { line: long + 1, column: longestLine + 1 }, sentence };
  }
  const deep = tooDeepAt(text);
  if (deep === undefined) return undefined;
  const before = text.slice(0, deep).split('\n');
  const place = { line: before.length, column: (before.at(-1) ?? '').length + 1 };
  return { place, sentence: yamlErrors.RESOURCE_EXHAUSTION };
}

function nearestOffset(offsets: ReadonlyMap<string, number>, path: KeyPath): number {
  for (let length = path.length; length > 0; length--) {
    const offset = offsets.get(JSON.stringify(path.slice(0, length)));
    if (offset !== undefined) return offset;
  }
  return 0;
}
