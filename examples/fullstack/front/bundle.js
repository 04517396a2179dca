import { createHash } from 'node:crypto';
import { extname } from 'node:path';

/** The page and its assets, these under names that change with their content, so that browsers may keep them for good. */
export function bundle(page, assets) {
  const files = new Map();
  let html = page;
  for (const [name, content] of assets) {
    const path = hashedPath(name, content);
    if (!html.includes(`"${name}"`)) throw new Error(`index.html does not use ${name}`);
    html = html.replaceAll(`"${name}"`, `"/${path}"`);
    files.set(path, content);
  }
  return files.set('index.html', html);
}

function hashedPath(name, content) {
  const hash = createHash('sha256').update(content).digest('hex').slice(0, 12);
  return `assets/${name.slice(0, -extname(name).length)}-${hash}${extname(name)}`;
}
