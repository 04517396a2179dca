import { quote } from './quote.ts';

/** True for what docker takes for a Git repository or URL when no folder of that name exists. */
export function isRemote(written: string): boolean {
  return (
    /^(https?|git|ssh|ftp|git\+[a-z]+):\/\//i.test(written) ||
    written.startsWith('github.com/') ||
    /^[\w.-]+@[\w.-]+:/.test(written)
  );
}

/** For messages: a URL may hold a password or token. */
export function quoteRemote(written: string): string {
  return quote(written.replace(/^([a-z+-]+:\/\/)[^/]*@/i, '$1***@'));
}
