import { UserError } from '../../user-error.ts';
import { errorCode } from '../error-code.ts';
import { Passing } from './attempts.ts';
import { refusedAddress } from './check-url.ts';
import { refusedAddressCode } from './effects.ts';

/** What a failure of `fetch`, or of reading a body, means: a UserError, or `Passing` where another try may help. A bug comes back as it is. */
export function explainFailure(error: unknown, url: URL): unknown {
  if (error instanceof UserError || error instanceof Passing) return error;
  const code = deepestCode(error);
  const known = explanations.find(({ codes }) => codes.test(code));
  if (code === refusedAddressCode) return refusedAddress(url);
  if (known) {
    const said = new UserError(`${known.say(url)} (${code})`, { exitCode: 3, hint: known.hint, cause: error });
    return known.isPassing === true ? new Passing(said) : said;
  }
  if (code !== '') {
    return new Passing(new UserError(`The connection to ${url.host} broke (${code})`, { exitCode: 3, cause: error }));
  }
  const reason = causeOf(error);
  if (reason === null) return error;
  return new UserError(`${url.host} cannot be asked: ${reason}`, { exitCode: 3, cause: error });
}

/** Nothing came for so long. */
export function stalled({ host }: URL, milliseconds: number): Passing {
  return new Passing(
    new UserError(`${host} sent nothing for ${Math.max(1, Math.round(milliseconds / 1000))} s`, {
      exitCode: 3,
      hint: 'Try again later, or check the network.',
    }),
  );
}

/** True when the other side speaks TLS, and its certificate is the trouble. */
export function isCertificateFailure(error: unknown): boolean {
  return certificateCodes.test(deepestCode(error));
}

const certificateCodes =
  /^(CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|ERR_TLS_CERT|HOSTNAME_MISMATCH|INVALID_CA|INVALID_PURPOSE)/;

type Explanation = {
  readonly codes: RegExp;
  readonly say: (url: URL) => string;
  readonly hint: string;
  readonly isPassing?: true;
};

/** By the codes of Node, OpenSSL, llhttp and undici; the first that fits. */
const explanations: readonly Explanation[] = [
  {
    codes: /^ENOTFOUND$/,
    say: ({ hostname }) => `There is no host named ${hostname}`,
    hint: 'Check how the registry is spelled.',
  },
  {
    codes: /^EAI_AGAIN$/,
    say: ({ hostname }) => `The name ${hostname} cannot be looked up now`,
    hint: 'Check the network.',
    isPassing: true,
  },
  {
    codes: /^(ECONNREFUSED|EHOSTUNREACH|ENETUNREACH)$/,
    say: ({ host }) => `${host} cannot be reached`,
    hint: 'Check that a registry runs there, and the network.',
  },
  {
    codes: certificateCodes,
    say: ({ host }) => `The certificate of ${host} is not trusted`,
    hint: 'Where it comes from an authority of your own, name that in NODE_EXTRA_CA_CERTS.',
  },
  {
    codes: /^(ERR_SSL_|EPROTO)/,
    say: ({ host }) => `${host} does not speak TLS`,
    hint: 'If the registry is not encrypted and that is meant so, say --plain-http.',
  },
  {
    codes: /^(UND_ERR_HEADERS_OVERFLOW|HPE_HEADER_OVERFLOW)$/,
    say: ({ host }) => `${host} sends headers without end`,
    hint: 'Is it a registry?',
  },
  {
    codes: /^HPE_/,
    say: ({ host }) => `${host} answers with something that is not HTTP`,
    hint: 'Is it a registry, and encrypted? If it is not and that is meant so, say --plain-http.',
  },
];

/** fetch says "fetch failed" to everything; what failed stands in its cause, and of several addresses in the first one's error. */
function deepestCode(error: unknown): string {
  const below = typeof error === 'object' && error !== null && 'cause' in error ? deepestCode(error.cause) : '';
  const own = errorCode(error);
  return below === '' ? own : below;
}

function causeOf(error: unknown): string | null {
  const cause = typeof error === 'object' && error !== null && 'cause' in error ? error.cause : null;
  const hasMessage = typeof cause === 'object' && cause !== null && 'message' in cause;
  return hasMessage ? String(cause.message) : null;
}
