// Cuts the operations that we use out of GitHub's own OpenAPI description, for the fake GitHub of the tests.
// The whole description is 13 MB and its package 394 MB, so it is no dependency: in an empty folder
//   npm pack @octokit/openapi@23.0.2 && tar xzf octokit-openapi-*.tgz package/package.json package/generated/api.github.com.json
// and then, here
//   node scripts/openapi-slice.mjs FOLDER/package
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const operations = [
  ['get', '/repos/{owner}/{repo}/issues/{issue_number}/comments'],
  ['post', '/repos/{owner}/{repo}/issues/{issue_number}/comments'],
  ['get', '/repos/{owner}/{repo}/issues/comments/{comment_id}'],
  ['patch', '/repos/{owner}/{repo}/issues/comments/{comment_id}'],
  ['delete', '/repos/{owner}/{repo}/issues/comments/{comment_id}'],
  ['get', '/repos/{owner}/{repo}/pulls/{pull_number}'],
  ['get', '/repos/{owner}/{repo}/pulls/{pull_number}/files'],
  ['get', '/repos/{owner}/{repo}/actions/caches'],
  ['get', '/repos/{owner}/{repo}/actions/workflows/{workflow_id}/runs'],
  ['get', '/repos/{owner}/{repo}/actions/runs/{run_id}/artifacts'],
  ['get', '/repos/{owner}/{repo}/actions/artifacts/{artifact_id}/{archive_format}'],
  ['get', '/repos/{owner}/{repo}/commits/{ref}'],
];
const prose = ['description', 'summary', 'example', 'examples', 'externalDocs', 'title', 'tags', 'x-github'];
const target = 'openapi.json';

const [folder] = process.argv.slice(2);
if (folder === undefined) throw new Error('Name the unpacked folder of @octokit/openapi: see the head of this script.');

const { name, version } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
const whole = JSON.parse(await readFile(join(folder, 'generated/api.github.com.json'), 'utf8'));

const paths = {};
for (const [method, path] of operations) {
  const operation = whole.paths[path]?.[method];
  if (operation === undefined) throw new Error(`${name} ${version} describes no ${method} ${path}`);
  paths[path] = { ...paths[path], [method]: withoutProse(operation) };
}
const components = {};
// What GitHub answers errors with, also where an operation does not list the status.
collect({ $ref: '#/components/schemas/basic-error' });
collect(paths);

const slice = { openapi: whole.openapi, info: { title: whole.info.title, version, cutFrom: `${name}@${version}` }, paths };
await writeFile(
  join(import.meta.dirname, '../__tests__/support/github', target),
  `${JSON.stringify({ ...slice, components: sorted(components) }, null, 1)}\n`,
);

/** Takes along every component that a value refers to. */
function collect(value) {
  if (typeof value !== 'object' || value === null) return;
  if (typeof value.$ref === 'string') {
    const [, kind, id] = /^#\/components\/([^/]+)\/([^/]+)$/.exec(value.$ref) ?? [];
    if (components[kind]?.[id] !== undefined) return;
    components[kind] = { ...components[kind], [id]: withoutProse(whole.components[kind][id]) };
    collect(components[kind][id]);
    return;
  }
  for (const each of Object.values(value)) collect(each);
}

/** Examples and texts are three quarters of the size; a property may be named like one of them. */
function withoutProse(value, isNames = false) {
  if (Array.isArray(value)) return value.map((each) => withoutProse(each));
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).filter(([key]) => isNames || !prose.includes(key));
  return Object.fromEntries(kept.map(([key, each]) => [key, withoutProse(each, key === 'properties' && !isNames)]));
}

function sorted(value) {
  const byName = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(byName.map(([kind, each]) => [kind, Object.fromEntries(Object.entries(each).sort())]));
}
