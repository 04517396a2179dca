import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { leftoverAt } from '../../../src/profile/contents/leftover-kind.ts';

describe('what a build left behind', () => {
  it.each([
    ['var/lib/apt/lists/deb.debian.org_debian_dists_bookworm_InRelease', 'package-lists', 'var/lib/apt/lists'],
    ['var/cache/apt/archives/a.deb', 'package-cache', 'var/cache/apt'],
    ['var/cache/apk/APKINDEX.1.tar.gz', 'package-cache', 'var/cache/apk'],
    ['var/cache/dnf/x/repodata/primary.xml.gz', 'package-cache', 'var/cache/dnf'],
    ['var/cache/yum/x', 'package-cache', 'var/cache/yum'],
    ['root/.cache/pip/http/a', 'package-cache', 'root/.cache/pip'],
    ['home/me/.npm/_cacache/a', 'package-cache', 'home/me/.npm'],
    ['usr/local/share/.cache/yarn/v6/a', 'package-cache', 'usr/local/share/.cache'],
    ['.cache/go-build/00/a', 'package-cache', '.cache/go-build'],
    ['go/pkg/mod/example.com/a@v1/a.go', 'package-cache', 'go/pkg/mod'],
    ['root/.cache/other/x', 'other-cache', 'root/.cache'],
    ['app/.git/objects/pack/x.pack', 'version-control', 'app/.git'],
    ['.git/HEAD', 'version-control', '.git'],
    ['usr/lib/python3/__pycache__/a.cpython-311.pyc', 'bytecode', null],
    ['app/dist/main.js.map', 'source-maps', null],
    ['app/style.css.map', 'source-maps', null],
    ['app/npm-debug.log', 'logs', null],
    ['var/log/dpkg.log', 'logs', 'var/log'],
    ['tmp/x', 'temporary-files', 'tmp'],
    ['var/tmp/x/y', 'temporary-files', 'var/tmp'],
    ['usr/bin/gcc', 'toolchain', null],
    ['usr/bin/x86_64-linux-gnu-gcc-12', 'toolchain', null],
    ['usr/bin/x86_64-linux-gnu-ld.bfd', 'toolchain', null],
    ['usr/bin/make', 'toolchain', null],
    ['usr/lib/gcc/x86_64-linux-gnu/12/cc1', 'toolchain', 'usr/lib/gcc'],
    ['usr/local/go/bin/go', 'toolchain', 'usr/local/go'],
    ['usr/lib/go-1.19/bin/go', 'toolchain', 'usr/lib/go-1.19'],
    ['usr/include/stdio.h', 'headers', 'usr/include'],
    ['app/node_modules/a/test/b.js', 'tests', null],
    ['app/node_modules/@s/a/__tests__/b.js', 'tests', null],
    ['usr/lib/python3.11/test/support.py', 'tests', null],
    ['venv/lib/python3.11/site-packages/a/tests/b.py', 'tests', null],
  ])('%s is %s in %s', (path, kind, folder) => {
    expect(leftoverAt(path)).toEqual({ kind, folder });
  });

  it.each([
    'app/src/test/a.js',
    'app/node_modules/test/index.js',
    'app/node_modules/@s/tests/index.js',
    'app/node_modules/a/testing.js',
    'venv/lib/python3.11/site-packages/numpy/testing/utils.py',
    'app/.yarn/cache/a.zip',
    'app/.gitignore',
    'app/data.map',
    'app/server.log',
    'usr/bin/python3',
    'usr/bin/as-tree',
    'app/bin/make',
    'tmpx/a',
    'tmp',
    'var/lib/apt/listsx/a',
    'srv/var/log/a',
    'usr/lib/gccx/a',
    'usr/lib/gopher/a',
    '',
    '.',
    '__proto__/a',
  ])('%s is none', (path) => {
    expect(leftoverAt(path)).toBeNull();
  });

  it('of any path is found at once, its folder being one of those above it', () => {
    const part = fc.oneof(
      fc.constantFrom('.cache', '.git', 'test', 'node_modules', 'usr', 'bin', '..', '.', 'tmp', 'python3.1', '@s'),
      fc.string({ maxLength: 8 }),
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 12 }), (parts) => {
        const path = parts.join('/');
        const place = leftoverAt(path);
        if (place?.folder) expect(path.startsWith(`${place.folder}/`)).toBe(true);
      }),
    );
    const started = Date.now();
    leftoverAt(`${'a-'.repeat(100_000)}/${'.a/'.repeat(10_000)}gcc`);
    leftoverAt(`usr/bin/${'a1_-'.repeat(50_000)}gcc!`);
    expect(Date.now() - started).toBeLessThan(500);
  });
});
