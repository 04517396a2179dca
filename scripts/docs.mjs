// Writes what follows from the sources: the list of rules, their pages, both JSON Schemas, and the README's tables.
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { build } from 'esbuild';

const folder = 'src/policy/rules';
const ids = (await readdir(folder)).filter((file) => file !== 'index.ts').map((file) => file.replace(/\.ts$/, ''));
const { rulesIndex } = await load('src/policy/rules-index.ts');
await writeFile(`${folder}/index.ts`, rulesIndex(ids));

const [{ rules }, { rulePageFile }] = await Promise.all([load(`${folder}/index.ts`), load('src/policy/rule-page.ts')]);
for (const rule of rules) await writeFile(`docs/rules/${rule.id}.md`, rulePageFile(rule));

const [{ configJsonSchema }, { reportJsonSchema }] = await Promise.all([
  load('src/settings/config-json-schema.ts'),
  load('src/report/report-json-schema.ts'),
]);
await writeSchema('stagegate', configJsonSchema());
await writeSchema('report', reportJsonSchema());

const { readmeTables } = await load('src/settings/action/readme-tables.ts');
const tables = readmeTables(await readFile('action.yml', 'utf8'));
let readme = await readFile('README.md', 'utf8');
for (const [name, table] of Object.entries(tables)) readme = between(readme, name, table);
await writeFile('README.md', readme);

/** Puts a text between `<!-- NAME -->` and `<!-- /NAME -->`. */
function between(text, name, content) {
  const marks = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const [start, end] = marks.map((mark) => text.indexOf(mark));
  if (start < 0 || end < start) throw new Error(`README.md has no place for its table of ${name}`);
  return `${text.slice(0, start + marks[0].length)}\n\n${content.trim()}\n\n${text.slice(end)}`;
}

/** Node 20 runs no TypeScript, so each module is bundled and imported from memory. */
async function load(file) {
  const { outputFiles } = await build({
    entryPoints: [file],
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'node',
    banner: { js: `import { createRequire } from 'node:module'; const require = createRequire('${import.meta.url}');` },
  });
  return import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString('base64')}`);
}

async function writeSchema(name, schema) {
  await writeFile(`schema/${name}.schema.json`, `${JSON.stringify(schema, null, 2)}\n`);
}
