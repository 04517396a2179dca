import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { rulePage, rulePageFile, rulePageHeader } from '../../src/policy/rule-page.ts';
import { findRule, rules } from '../../src/policy/rules/index.ts';
import { rulesIndex } from '../../src/policy/rules-index.ts';

const root = new URL('../../', import.meta.url);
const ids = listIds('src/policy/rules/', '.ts').filter((id) => id !== 'index');

function listIds(folder: string, suffix: string): string[] {
  return readdirSync(new URL(folder, root))
    .filter((file) => file.endsWith(suffix))
    .map((file) => file.slice(0, -suffix.length))
    .sort();
}

function read(file: string): string {
  return readFileSync(new URL(file, root), 'utf8');
}

describe('rules', () => {
  it('are listed as `npm run docs` would list them', () => {
    expect(read('src/policy/rules/index.ts')).toBe(rulesIndex(ids));
  });

  it('have the id of their file', () => {
    expect(rules.map(({ id }) => id)).toEqual(ids);
  });

  it('are found by id', () => {
    expect(findRule('nonroot')?.id).toBe('nonroot');
    expect(findRule('no-such-rule')).toBeUndefined();
  });

  it.each([
    ['a test', '__tests__/policy/rules/', '.test.ts'],
    ['words for their page', 'src/policy/pages/', '.ts'],
    ['a page', 'docs/rules/', '.md'],
  ])('have %s each, and there is none without a rule', (_, folder, suffix) => {
    expect(listIds(folder, suffix).filter((id) => id !== 'README')).toEqual(ids);
  });

  it.each(ids)('%s has the page that `npm run docs` would write', (id) => {
    const rule = findRule(id);
    expect(rule && rulePageFile(rule)).toBe(read(`docs/rules/${id}.md`));
  });

  it.each(rules)('$id is explained with the text of its page', (rule) => {
    expect(read(`docs/rules/${rule.id}.md`)).toContain(rulePage(rule));
  });

  it.each(rules)('$id describes each of its options and sets one in its example as its schema takes it', (rule) => {
    const header = rulePageHeader(rule);
    for (const [name, option] of Object.entries(rule.options.shape)) {
      expect(option.meta()?.description).toMatch(/\.$/);
      expect(header).toContain(`| \`${name}\` |`);
    }
    const setting: unknown = parse(rule.page.config.join('\n'))?.policy?.rules?.[rule.id];
    const options: unknown = Array.isArray(setting) ? setting[1] : {};
    if (setting !== undefined) expect(rule.options.safeParse(options).error).toBeUndefined();
  });

  it.each(rules)('$id reads its options twice as it reads them once', (rule) => {
    const setting: unknown = parse(rule.page.config.join('\n'))?.policy?.rules?.[rule.id];
    const once = rule.options.safeParse(Array.isArray(setting) ? setting[1] : {});
    if (once.success) expect(rule.options.parse(once.data)).toEqual(once.data);
  });
});

describe('rulesIndex', () => {
  it('sorts rules by id and names them in camel case', () => {
    expect(rulesIndex(['b-two-c', 'a'])).toContain(
      "import { a } from './a.ts';\nimport { bTwoC } from './b-two-c.ts';",
    );
  });
});
