import { UserError } from '../user-error.ts';

/** Says in our words that a daemon cannot be had (exit 3), when the text is one in which Docker says so. */
export function daemonProblem(text: string): UserError | undefined {
  const line = text.split('\n').find((candidate) => KINDS.some(({ pattern }) => pattern.test(candidate)));
  const kind = KINDS.find(({ pattern }) => pattern.test(line ?? ''));
  if (line === undefined || kind === undefined) return undefined;
  const address = /\b((?:unix|tcp|ssh|npipe|fd):\/\/[^\s"']+?)[.:,]?(?=[\s"']|$)/.exec(line)?.[1];
  return new UserError(kind.message(address === undefined ? '' : ` at ${address}`), { hint: kind.hint, exitCode: 3 });
}

type Kind = { readonly pattern: RegExp; readonly message: (where: string) => string; readonly hint: string };

const KINDS: readonly Kind[] = [
  {
    pattern: /permission denied.*(?:docker|daemon|socket|\.sock)/i,
    message: (where) => `Docker's daemon${where} does not let this user in`,
    hint: 'Add the user to the group that owns the socket (often `docker`), or use another builder with --builder.',
  },
  {
    pattern:
      /cannot connect to the docker daemon|is the docker daemon running|failed to connect to the docker API|error during connect/i,
    message: (where) => `Docker's daemon${where} does not answer`,
    hint: 'Start Docker, or check DOCKER_HOST and `docker context ls`.',
  },
  {
    pattern: /\b(?:dial (?:unix|tcp)|connection refused|no such host)\b/i,
    message: (where) => `The builder's daemon${where} does not answer`,
    hint: 'Check the address with `docker buildx inspect`.',
  },
];
