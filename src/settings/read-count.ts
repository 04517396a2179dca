import { UserError } from '../user-error.ts';
import { quote } from './quote.ts';

/** A whole number from 0 to `most` as a flag has it; throws UserError (exit 2). */
export function readCount(flag: string, written: string, most: number): number {
  const number = /^\d{1,15}$/.test(written) ? Number(written) : Number.POSITIVE_INFINITY;
  if (number <= most) return number;
  const range = most === Number.MAX_SAFE_INTEGER ? 'a whole number from 0' : `a whole number from 0 to ${most}`;
  throw new UserError(`${flag}: ${quote(written)} is not ${range}.`);
}
