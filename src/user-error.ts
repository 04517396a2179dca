/** The exit code of the contract that an error ends in: 1 the image's or Dockerfile's fault, 2 the call or config, 3 could not judge. */
export type ErrorExit = 1 | 2 | 3;

/** Something a person can mend: one sentence of what went wrong on what, and a hint of what to do. Anything else thrown is a bug. */
export class UserError extends Error {
  override readonly name = 'UserError';
  readonly hint: string | undefined;
  readonly exitCode: ErrorExit;

  constructor(message: string, options: { hint?: string; exitCode?: ErrorExit; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.hint = options.hint;
    this.exitCode = options.exitCode ?? 2;
  }
}
