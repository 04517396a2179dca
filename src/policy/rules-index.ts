/** The text of `policy/rules/index.ts`, so that a new rule's file is all that there is to add. */
export function rulesIndex(ids: readonly string[]): string {
  const rules = [...ids].sort().map((id) => ({ id, name: camelCase(id) }));
  return `// Generated from the files of this folder by \`npm run docs\`.
import type { AnyRule } from '../define-rule.ts';
${rules.map(({ id, name }) => `import { ${name} } from './${id}.ts';`).join('\n')}

/** Every rule, sorted by id. */
export const rules: readonly AnyRule[] = [
${rules.map(({ name }) => `  ${name},`).join('\n')}
];

/** Undefined when there is no rule of this id. */
export function findRule(id: string): AnyRule | undefined {
  return rules.find((rule) => rule.id === id);
}
`;
}

function camelCase(id: string): string {
  return id.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
}
