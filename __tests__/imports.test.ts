import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';

const src = resolve(import.meta.dirname, '../src');
const core = ['dockerfile', 'build', 'image', 'profile', 'compare', 'policy', 'report'];

type Import = { readonly from: string; readonly name: string; readonly isTypeOnly: boolean };

const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
const imports = files.flatMap((file) => importsOf(file, readFileSync(join(src, file), 'utf8')));

describe('imports', () => {
  it('are all found', () => {
    expect(imports.filter(({ from }) => from === 'gate.ts').map(({ name }) => name)).toContain('measure.ts');
  });

  it.each(['@actions/', 'node:child_process', 'node:http', 'node:https', 'node:net'])(
    'of %s never stand in the pure core',
    (name) => {
      expect(imports.filter((each) => isCore(each.from) && each.name.startsWith(name))).toEqual([]);
    },
  );

  it('of the core never go up to doors and edges, but for types', () => {
    const up = imports.filter(
      ({ from, name, isTypeOnly }) => isCore(from) && !isTypeOnly && isOurs(name) && !isLow(name),
    );
    expect(up).toEqual([]);
  });

  it('of programs to start stand in exec/ alone', () => {
    const starters = imports.filter(({ name }) => name === 'node:child_process' || name === '@actions/exec');
    expect([...new Set(starters.map(({ from }) => dirname(from)))]).toEqual(['exec']);
  });

  it.each([
    ['@actions/github', 'github'],
    ['@actions/cache', 'baseline'],
  ])('of %s stand in %s/ alone', (name, folder) => {
    const users = imports
      .filter((each) => (each.name === name || each.name.startsWith(`${name}/`)) && !each.isTypeOnly)
      .map(({ from }) => dirname(from));
    expect([...new Set(users)]).toEqual([folder]);
  });

  it('make no circle', () => {
    const next = new Map(files.map((file) => [file, importedBy(file)]));
    expect(files.flatMap((file) => findCircle(file, next))).toEqual([]);
  });
});

function importsOf(from: string, text: string): Import[] {
  const found = text.matchAll(/^(?:import|export)\s+(type\s+)?(?:[^'";]*?\sfrom\s+)?'([^']+)'|import\('([^']+)'\)/gm);
  return [...found].map(([, type, still, late]) => {
    const name = still ?? late ?? '';
    const target = name.startsWith('.') ? relative(src, resolve(src, dirname(from), name)) : name;
    return { from, name: target, isTypeOnly: type !== undefined };
  });
}

function importedBy(file: string): string[] {
  return imports
    .filter(({ from, name, isTypeOnly }) => from === file && !isTypeOnly && isOurs(name))
    .map(({ name }) => name);
}

function isOurs(name: string): boolean {
  return name.endsWith('.ts');
}

function isCore(file: string): boolean {
  return core.includes(file.split('/')[0] ?? '');
}

/** Core itself and the few files that everybody may use. */
function isLow(name: string): boolean {
  return isCore(name) || ['escape.ts', 'slices.ts', 'user-error.ts', 'version.ts'].includes(name);
}

/** The way from a file back to itself; empty when there is none. */
function findCircle(start: string, next: ReadonlyMap<string, readonly string[]>): string[] {
  const seen = new Set<string>();
  const walk = (file: string): boolean =>
    (next.get(file) ?? []).some((each) => each === start || (!seen.has(each) && seen.add(each) && walk(each)));
  return walk(start) ? [start] : [];
}
