import assert from 'node:assert/strict';
import { test } from 'node:test';
import inject from 'light-my-request';
import { handle } from '../src/handle.js';

const welcomeFor = (language) => inject(handle, { url: '/', headers: { 'accept-language': language } });

test('welcomes in the preferred language', async () => {
  const { statusCode, headers, payload } = await welcomeFor('en;q=0.5, de-CH, de;q=0.9');
  assert.equal(statusCode, 200);
  assert.equal(headers['content-language'], 'de');
  assert.equal(payload, 'Willkommen\n');
});

test('falls back to English', async () => {
  assert.equal((await welcomeFor('tlh')).payload, 'Welcome\n');
  assert.equal((await inject(handle, { url: '/' })).payload, 'Welcome\n');
});

test('knows no other page', async () => {
  assert.equal((await inject(handle, { url: '/nowhere' })).statusCode, 404);
  assert.equal((await inject(handle, { method: 'POST', url: '/' })).statusCode, 404);
});
