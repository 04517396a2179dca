import { randomInt } from 'node:crypto';

/** Sum of dice written like `2d6`; undefined for anything else. `randomBelow(n)` gives 0 to n−1. */
export function roll(dice, randomBelow = randomInt) {
  const [, count, sides] = /^([1-9]\d?)d([1-9]\d{0,2})$/.exec(dice) ?? [];
  if (count === undefined) return undefined;
  let sum = 0;
  for (let die = 0; die < Number(count); die++) sum += 1 + randomBelow(Number(sides));
  return sum;
}
