import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A user's home with a Docker config and credential helpers on its own PATH. */
export type DockerHome = {
  readonly env: Readonly<Record<string, string>>;
  /** The config.json. */
  readonly path: string;
  readonly writeConfig: (config: unknown) => void;
  /** A real program `docker-credential-NAME`; `script` is JavaScript that sees `args` and `server`, and can `say(text)` and `end(code)`. */
  readonly addHelper: (name: string, script: string) => void;
  readonly remove: () => void;
};

export function dockerHome(): DockerHome {
  const folder = mkdtempSync(join(tmpdir(), 'stagegate-home-'));
  const path = join(folder, '.docker', 'config.json');
  mkdirSync(join(folder, '.docker'));
  return {
    env: { HOME: folder, PATH: folder },
    path,
    writeConfig: (config) => writeFileSync(path, typeof config === 'string' ? config : JSON.stringify(config)),
    addHelper: (name, script) => {
      const program = join(folder, `docker-credential-${name}`);
      writeFileSync(program, `#!${process.execPath}\n${PRELUDE}\n${script}\n`);
      chmodSync(program, 0o755);
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

const PRELUDE = `
const { readFileSync, writeSync } = require('node:fs');
const args = process.argv.slice(2);
const server = readFileSync(0, 'utf8').trim();
const say = (text) => writeSync(1, typeof text === 'string' ? text : JSON.stringify(text));
const end = (code) => process.exit(code);
`;
