import fc from 'fast-check';

/** Where a file's bytes were written; undefined for what came with an image. `stages` are all that it went through. */
export type Truth = { readonly line: number | undefined; readonly stages: ReadonlySet<string> };

/** Files only: folders are there when something is in them. */
export type Tree = Map<string, Truth>;

export type TinyBuild = {
  readonly dockerfile: string;
  readonly context: ReadonlySet<string>;
  /** The last stage's COPY, which everything in `final` came with. */
  readonly final: Tree;
};

const folders = ['app', 'app/lib', 'out', 'data', 'data/x', 'usr/local', 'etc'] as const;
const names = ['a', 'b', 'app', 'x', 'conf.json', 'lib.txt'] as const;
const file = fc
  .tuple(fc.constantFrom(...folders), fc.constantFrom(...names))
  .map(([folder, name]) => `${folder}/${name}`);
const files = fc.uniqueArray(file, { maxLength: 6 });

/** A few stages of random instructions, and what a builder would make of them; as COPY is documented, with no code of ours. */
export const tinyBuild: fc.Arbitrary<TinyBuild> = fc.gen().map((pick) => {
  const context = withoutConflicts(pick(() => files));
  const build = new TinyBuilder(pick, context);
  const stages = pick(() => fc.integer({ min: 1, max: 4 }));
  for (let at = 0; at < stages; at++) build.addStage(at);
  const final = build.addFinal();
  return { dockerfile: build.lines.join('\n'), context, final };
});

class TinyBuilder {
  readonly lines: string[] = [];
  private readonly pick: fc.GeneratorValue;
  private readonly context: ReadonlySet<string>;
  private readonly trees: Tree[] = [];
  private readonly workdirs: (string | undefined)[] = [];

  constructor(pick: fc.GeneratorValue, context: ReadonlySet<string>) {
    this.pick = pick;
    this.context = context;
  }

  addStage(at: number): void {
    const name = `s${at}`;
    const { tree, workdir, from } = this.startFrom(at);
    this.lines.push(`FROM ${from} AS ${name}`);
    this.trees.push(through(tree, name));
    this.workdirs.push(workdir);
    const count = this.pick(() => fc.integer({ min: 0, max: 5 }));
    for (let n = 0; n < count; n++) this.addInstruction(at);
  }

  addFinal(): Tree {
    const tree: Tree = new Map();
    this.lines.push('FROM scratch AS final');
    this.copy({ into: tree, workdir: '', from: this.pick(() => fc.integer({ min: 0, max: this.trees.length - 1 })) });
    return tree;
  }

  private startFrom(at: number): { tree: Tree; workdir: string | undefined; from: string } {
    const kind = this.pick(() => fc.constantFrom('scratch', 'official', 'private', ...(at > 0 ? ['stage'] : [])));
    if (kind === 'scratch') return { tree: new Map(), workdir: '', from: 'scratch' };
    if (kind === 'stage') {
      const base = this.pick(() => fc.integer({ min: 0, max: at - 1 }));
      return { tree: this.treeOf(base), workdir: this.workdirs[base], from: `s${base}` };
    }
    const held = withoutConflicts(this.pick(() => files));
    // Official images leave the folders that Dockerfiles work in alone.
    const kept = [...held].filter((path) => kind === 'private' || !/^(?:app|out)\//.test(path));
    const tree = new Map(kept.map((path) => [path, { line: undefined, stages: new Set<string>() }]));
    return { tree, workdir: undefined, from: kind === 'official' ? 'busybox:1.37' : 'registry.example/own:1' };
  }

  private addInstruction(at: number): void {
    const kind = this.pick(() => fc.constantFrom('run', 'run', 'quiet', 'mount', 'workdir', 'copy', 'copy', 'from'));
    const tree = this.treeOf(at);
    if (kind === 'workdir') {
      const folder = this.pick(() => fc.constantFrom(...folders));
      this.workdirs[at] = folder;
      this.lines.push(`WORKDIR /${folder}`);
    } else if (kind === 'copy') {
      this.copy({ into: tree, workdir: this.workdirs[at], stage: `s${at}` });
    } else if (kind === 'from' && at > 0) {
      const from = this.pick(() => fc.integer({ min: 0, max: at - 1 }));
      this.copy({ into: tree, workdir: this.workdirs[at], stage: `s${at}`, from });
    } else {
      this.run(kind, at);
    }
  }

  private run(kind: string, at: number): void {
    const quiet = kind === 'quiet';
    const mounted = kind === 'mount' ? this.pick(() => fc.constantFrom(...folders)) : undefined;
    this.lines.push(
      quiet ? 'RUN apk add --no-cache git' : mounted ? `RUN --mount=type=cache,target=/${mounted} make` : 'RUN make',
    );
    for (const path of this.pick(() => files)) {
      if (quiet && /^(?:app|out)\//.test(path)) continue;
      if (mounted !== undefined && path.startsWith(`${mounted}/`)) continue;
      put(this.treeOf(at), path, { line: this.lines.length, stages: new Set([`s${at}`]) });
    }
  }

  /** Adds a COPY that works; one that would fail is left out. */
  private copy({ into, workdir, stage = 'final', from }: CopyOrder): void {
    const source: Tree =
      from === undefined
        ? new Map([...this.context].map((path) => [path, { line: this.lines.length + 1, stages: new Set([stage]) }]))
        : this.treeOf(from);
    const sources = this.pick(() => fc.uniqueArray(sourceWord(source), { minLength: 1, maxLength: 2 }));
    const folder = this.pick(() => fc.constantFrom(...folders, ...names));
    const isAbsolute = workdir === undefined || this.pick(() => fc.boolean());
    const slash = sources.length > 1 || this.pick(() => fc.boolean());
    const dest = isAbsolute ? folder : [workdir, folder].filter((part) => part !== '').join('/');
    const copied = sources.flatMap((word) => copiesOf(word, source, { dest, slash, into }));
    if (copied.length === 0 || hasConflict([...into.keys(), ...copied.map(([path]) => path)])) return;
    // What ends like a file is one: docs/lines.md says that this is taken for granted.
    if (copied.some(([path]) => /\.(?:json|txt)\//.test(path))) return;
    const flag = from === undefined ? '' : `--from=s${from} `;
    this.lines.push(`COPY ${flag}${sources.join(' ')} ${isAbsolute ? '/' : ''}${folder}${slash ? '/' : ''}`);
    for (const [path, truth] of copied) into.set(path, { ...truth, stages: new Set([...truth.stages, stage]) });
  }

  private treeOf(at: number): Tree {
    const tree = this.trees[at];
    if (tree === undefined) throw new Error(`no stage ${at}`);
    return tree;
  }
}

type CopyOrder = {
  readonly into: Tree;
  readonly workdir: string | undefined;
  readonly stage?: string;
  readonly from?: number;
};

function through(tree: Tree, name: string): Tree {
  return new Map([...tree].map(([path, truth]) => [path, { ...truth, stages: new Set([...truth.stages, name]) }]));
}

/** A file, a folder, the root, or a pattern. */
function sourceWord(source: Tree): fc.Arbitrary<string> {
  const paths = [...source.keys()];
  const parents = paths.map((path) => path.slice(0, Math.max(0, path.lastIndexOf('/')))).filter((path) => path !== '');
  const words = [...paths, ...parents, ...parents.map((path) => path.split('/')[0] ?? ''), '.'];
  return fc.constantFrom(...words, ...parents.map((path) => `${path}/*`), ...patterns(paths));
}

function patterns(paths: readonly string[]): readonly string[] {
  return paths.map((path) => path.replace(/[^/]+$/, (name) => `${name.slice(0, 1)}*`));
}

function copiesOf(
  word: string,
  source: Tree,
  { dest, slash, into }: { readonly dest: string; readonly slash: boolean; readonly into: Tree },
): [string, Truth][] {
  const named = word === '.' ? [''] : word.endsWith('*') ? matches(word.slice(0, -1), source) : [word];
  let isFolder = slash || isFolderIn(into, dest);
  return named.flatMap((path): [string, Truth][] => {
    const truth = source.get(path);
    if (truth !== undefined) return [[isFolder ? `${dest}/${path.slice(path.lastIndexOf('/') + 1)}` : dest, truth]];
    isFolder = true;
    const prefix = path === '' ? '' : `${path}/`;
    const inside = [...source].filter(([each]) => each.startsWith(prefix));
    return inside.map(([each, its]) => [`${dest}/${each.slice(prefix.length)}`, its]);
  });
}

/** What stands in the pattern's folder and begins so. */
function matches(prefix: string, source: Tree): string[] {
  const depth = prefix.split('/').length;
  const begins = [...source.keys()].filter((path) => path.startsWith(prefix));
  return [...new Set(begins.map((path) => path.split('/').slice(0, depth).join('/')))].sort();
}

function isFolderIn(tree: Tree, path: string): boolean {
  return [...tree.keys()].some((each) => each.startsWith(`${path}/`));
}

/** A command may replace whatever stands in the way. */
function put(tree: Tree, path: string, truth: Truth): void {
  for (const each of [...tree.keys()]) {
    if (each.startsWith(`${path}/`) || path.startsWith(`${each}/`)) tree.delete(each);
  }
  tree.set(path, truth);
}

function hasConflict(paths: readonly string[]): boolean {
  return paths.some((path) => paths.some((other) => other.startsWith(`${path}/`)));
}

function withoutConflicts(paths: readonly string[]): Set<string> {
  const kept = new Set<string>();
  for (const path of paths) if (!hasConflict([...kept, path])) kept.add(path);
  return kept;
}
