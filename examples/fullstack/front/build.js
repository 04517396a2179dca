import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { bundle } from './bundle.js';

const ASSETS = ['app.js', 'style.css'];
const read = (name) => readFileSync(new URL(`src/${name}`, import.meta.url), 'utf8');

const folder = new URL('dist/', import.meta.url);
rmSync(folder, { recursive: true, force: true });
mkdirSync(new URL('assets/', folder), { recursive: true });
const files = bundle(read('index.html'), new Map(ASSETS.map((name) => [name, read(name)])));
for (const [name, content] of files) writeFileSync(new URL(name, folder), content);
