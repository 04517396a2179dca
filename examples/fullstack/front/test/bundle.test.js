import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bundle } from '../bundle.js';

const page = '<script src="app.js"></script>';
const assetPath = (content) => [...bundle(page, new Map([['app.js', content]])).keys()][0];

test('the page uses assets by the names they are written under', () => {
  const files = bundle(page, new Map([['app.js', 'go()']]));
  const path = assetPath('go()');
  assert.equal(files.get('index.html'), `<script src="/${path}"></script>`);
  assert.equal(files.get(path), 'go()');
});

test('the name of an asset changes with its content only', () => {
  assert.match(assetPath('go()'), /^assets\/app-[0-9a-f]{12}\.js$/);
  assert.equal(assetPath('go()'), assetPath('go()'));
  assert.notEqual(assetPath('go()'), assetPath('stay()'));
});

test('an asset that the page does not use is refused', () => {
  assert.throws(() => bundle(page, new Map([['style.css', '']])), /does not use style\.css/);
});
