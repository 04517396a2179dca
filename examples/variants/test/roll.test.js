import assert from 'node:assert/strict';
import { test } from 'node:test';
import { roll } from '../src/roll.js';

test('adds up the dice', () => {
  assert.equal(roll('3d6', () => 0), 3);
  assert.equal(roll('3d6', (sides) => sides - 1), 18);
});

test('stays within what the dice can show', () => {
  for (let i = 0; i < 200; i++) {
    const sum = roll('2d6');
    assert.ok(sum >= 2 && sum <= 12, `${sum}`);
  }
});

test('refuses what is no dice', () => {
  for (const text of ['', 'd6', '0d6', '2d0', '100d6', '2d1000', '2d6\n', '2x6']) assert.equal(roll(text), undefined, text);
});
