import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export type FakeDocker = {
  readonly folder: string;
  /** PATH has the fake and nothing else. */
  readonly env: Readonly<Record<string, string>>;
  readonly remove: () => void;
};

/**
 * A real program named `docker`. `script` is JavaScript: it sees `args` (without the program), `has(...words)`,
 * `say(text)`, `complain(text)` and `end(code)`.
 */
export function fakeDocker(script: string): FakeDocker {
  const folder = mkdtempSync(join(tmpdir(), 'fake-docker-'));
  const program = join(folder, 'docker');
  writeFileSync(program, `#!${process.execPath}\n${PRELUDE}\n${script}\n`);
  chmodSync(program, 0o755);
  return {
    folder,
    env: { PATH: folder, HOME: folder, FAKE_FOLDER: folder },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

const PRELUDE = `
const { readFileSync, writeFileSync, writeSync, existsSync } = require('node:fs');
const args = process.argv.slice(2);
const option = (name) => args.find((arg) => arg.startsWith('--' + name + '='))?.slice(name.length + 3);
const has = (...words) => words.every((word) => args.includes(word));
const say = (text) => writeSync(1, text + '\\n');
const complain = (text) => writeSync(2, text + '\\n');
const end = (code) => process.exit(code);
`;
