/**
 * Takes a picture of a report as a person sees it.
 *
 *   node scripts/screenshot.mjs comment.md docs/comment.png [--open 'Layers,Stage graph'] [--dark]
 *   node scripts/screenshot.mjs report.ansi docs/terminal.png
 *
 * Markdown goes through a GFM renderer, GitHub's stylesheet and Mermaid; anything else is taken as terminal output.
 * Needs Chromium on PATH (CHROMIUM names another one).
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { open: { type: 'string', default: '' }, dark: { type: 'boolean', default: false }, width: { type: 'string' } },
});
const [input, output] = positionals;
if (input === undefined || output === undefined) {
  console.error('usage: node scripts/screenshot.mjs INPUT OUTPUT.png [--open TITLES] [--dark] [--width PIXELS]');
  process.exit(2);
}

const isMarkdown = input.endsWith('.md');
const width = Number(values.width ?? (isMarkdown ? 940 : 1000));
const text = readFileSync(input, 'utf8');
const folder = mkdtempSync(join(tmpdir(), 'screenshot-'));
try {
  const page = join(folder, 'page.html');
  writeFileSync(page, isMarkdown ? commentPage(text) : terminalPage(text));
  shoot(page, resolve(output));
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function commentPage(markdown) {
  const theme = values.dark ? 'dark' : 'light';
  const body = micromark(markdown, { allowDangerousHtml: true, extensions: [gfm()], htmlExtensions: [gfmHtml()] });
  return `<!doctype html><meta charset="utf-8">
<link rel="stylesheet" href="${moduleUrl(`github-markdown-css/github-markdown-${theme}.css`)}">
<style>
  body { margin: 0; padding: 16px; background: ${values.dark ? '#0d1117' : '#ffffff'}; }
  .comment { border: 1px solid ${values.dark ? '#3d444d' : '#d1d9e0'}; border-radius: 6px; }
  .markdown-body { padding: 16px; font-size: 14px; background: transparent; }
  .markdown-body { font-family: "Noto Sans", "Noto Color Emoji", sans-serif; }
  .mermaid { display: flex; justify-content: center; padding: 16px 0; background: transparent !important; }
</style>
<div class="comment"><article class="markdown-body">${body}</article></div>
<script src="${moduleUrl('mermaid/dist/mermaid.min.js')}"></script>
<script>
  const wanted = ${JSON.stringify(values.open.split(',').filter(Boolean))};
  for (const details of document.querySelectorAll('details')) {
    const isWanted = wanted.some((title) => details.querySelector('summary').textContent.startsWith(title));
    // Mermaid measures what it draws, so everything is open until it has drawn.
    details.dataset.open = String(isWanted || details.open);
    details.open = true;
  }
  for (const code of document.querySelectorAll('pre > code.language-mermaid')) {
    const drawing = document.createElement('div');
    drawing.className = 'mermaid';
    drawing.textContent = code.textContent;
    code.parentElement.replaceWith(drawing);
  }
  mermaid.initialize({ startOnLoad: false, securityLevel: 'strict', theme: '${values.dark ? 'dark' : 'default'}' });
  mermaid.run().finally(() => {
    for (const details of document.querySelectorAll('details')) details.open = details.dataset.open === 'true';
    document.body.dataset.height = String(Math.ceil(document.body.getBoundingClientRect().height));
  });
</script>`;
}

function terminalPage(ansi) {
  return `<!doctype html><meta charset="utf-8">
<style>
  body { margin: 0; padding: 20px; background: #0d1117; color: #d1d7e0; }
  pre { margin: 0; font: 14px/1.35 "DejaVu Sans Mono", "Noto Color Emoji", monospace; }
  .c1 { font-weight: bold; } .c2 { opacity: 0.6; } .c31 { color: #ff7b72; } .c32 { color: #56d364; }
  .c33 { color: #e3b341; } .c36 { color: #79c0ff; }
</style>
<pre>${colours(ansi)}</pre>
<script>document.body.dataset.height = String(Math.ceil(document.body.getBoundingClientRect().height));</script>`;
}

/** Our own reports only use these codes; a code that ends a style closes the innermost one. */
function colours(ansi) {
  const escaped = ansi.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  return escaped.replace(/\u001b\[(\d+)m/g, (_, code) =>
    ['22', '39'].includes(code) ? '</span>' : `<span class="c${code}">`,
  );
}

function shoot(page, image) {
  const dom = chromium(page, [`--window-size=${width},800`, '--dump-dom']);
  const height = Number(/data-height="(\d+)"/.exec(dom)?.[1] ?? 800);
  const size = ['--force-device-scale-factor=2', `--window-size=${width},${height}`];
  chromium(page, [...size, '--hide-scrollbars', `--screenshot=${image}`]);
}

function chromium(page, options) {
  const quiet = ['--disable-gpu', '--disable-background-networking', '--disable-component-update', '--disable-sync'];
  const profile = ['--no-first-run', `--user-data-dir=${join(folder, 'profile')}`, '--no-sandbox'];
  const wait = '--virtual-time-budget=10000';
  const args = ['--headless', ...quiet, ...profile, wait, '--allow-file-access-from-files', ...options, pathToFileURL(page).href];
  return execFileSync(process.env.CHROMIUM ?? 'chromium', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
}

function moduleUrl(path) {
  return pathToFileURL(fileURLToPath(new URL(`../node_modules/${path}`, import.meta.url))).href;
}
