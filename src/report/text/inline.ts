import { escapeTerminal } from '../../escape.ts';
import type { Paint } from './paint.ts';

/** A phrase whose `` `…` `` parts are code, safe for a terminal; without colour the backticks stay. */
export function inline(phrase: string, paint: Paint): string {
  return paintCode(escapeTerminal(phrase), paint);
}

/** The same for text that is safe already and may have been broken into lines. */
export function paintCode(safe: string, paint: Paint): string {
  const hasColour = paint('code', 'x') !== 'x';
  if (!hasColour) return safe;
  return safe.replace(/`([^`]+)`/g, (_, code: string) =>
    code
      .split('\n')
      .map((line) => paint('code', line))
      .join('\n'),
  );
}
