import { UserError } from '../../user-error.ts';
import { quote } from '../quote.ts';
import type { InputReader } from './input-reader.ts';

/** Folder of the build context; undefined leaves it to the config file, else the checkout is built. */
export function readContext({ text }: InputReader): string | undefined {
  const written = text('context');
  if (written === '-')
    throw noStandardInput('context', 'build context', 'Name a folder, or leave it out for the checkout.');
  if (written === undefined || !isGitContext(written)) return written;
  const folder = /^\{\{[^}]*\}\}:(.+)$/.exec(written)?.[1];
  throw new UserError(
    `context: ${quote(written)} is docker's Git context, which is not supported: the checkout is built.`,
    {
      hint: `Run actions/checkout before this step and ${folder === undefined ? 'leave context out' : `write context: ${folder}`}.`,
    },
  );
}

/** Path of the Dockerfile. */
export function readFile({ text }: InputReader): string | undefined {
  const written = text('file');
  if (written === '-') throw noStandardInput('file', 'Dockerfile', 'Write it to a file and name that.');
  return written;
}

/** Named contexts, `NAME=VALUE` each. */
export function readNamedContexts({ list }: InputReader): readonly string[] {
  const contexts = list('build-contexts', 'lines');
  const git = contexts.find(isGitContext);
  if (git === undefined) return contexts;
  throw new UserError(`build-contexts: ${quote(git)} is docker's Git context, which is not supported.`, {
    hint: 'Run actions/checkout before this step and name a folder: NAME=FOLDER.',
  });
}

/** One platform; undefined leaves it to the config file, else to the builder. */
export function readPlatform({ list }: InputReader): string | undefined {
  const [platform, ...others] = list('platforms', 'items');
  if (others.length === 0) return platform;
  throw new UserError(
    `platforms: several platforms (${quote([platform, ...others].join(','))}) are not supported yet.`,
    {
      hint: 'Name one, or run one job for each: platforms: ${{ matrix.platform }}, with the same for comment-key.',
    },
  );
}

function isGitContext(written: string): boolean {
  return /\{\{\s*defaultContext\s*\}\}/.test(written);
}

function noStandardInput(name: string, what: string, hint: string): UserError {
  return new UserError(`${name}: a ${what} from standard input (${quote('-')}) is not supported.`, { hint });
}
