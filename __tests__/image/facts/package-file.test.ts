import { describe, expect, it } from '@jest/globals';
import { packageFileAt } from '../../../src/image/facts/package-file.ts';

describe('a package database or manifest', () => {
  it.each([
    ['var/lib/dpkg/status', 'dpkg'],
    ['var/lib/dpkg/status.d/base-files', 'dpkg'],
    ['var/lib/dpkg/status.d/base-files.md5sums', null],
    ['var/lib/dpkg/status-old', null],
    ['srv/var/lib/dpkg/status', null],
    ['status', null],
    ['lib/apk/db/installed', 'apk'],
    ['usr/lib/apk/db/installed', 'apk'],
    ['opt/installed', null],
    ['var/lib/rpm/rpmdb.sqlite', 'rpm'],
    ['usr/lib/sysimage/rpm/rpmdb.sqlite', 'rpm'],
    ['home/rpmdb.sqlite', null],
    ['app/node_modules/a/package.json', 'npm'],
    ['app/node_modules/@scope/a/package.json', 'npm'],
    ['app/node_modules/a/node_modules/@s/b/package.json', 'npm'],
    ['app/node_modules/.pnpm/a@1.0.0/node_modules/a/package.json', 'npm'],
    ['app/package.json', null],
    ['node_modules/package.json', null],
    ['app/node_modules/a/dist/esm/package.json', null],
    ['app/node_modules/a/test/node_modules/b/package.json', null],
    ['app/node_modules/.bin/package.json', null],
    ['app/node_modules/@scope/package.json', null],
    ['usr/lib/python3/dist-packages/a-1.0.dist-info/METADATA', 'python'],
    ['usr/lib/python3/dist-packages/a-1.0.egg-info/PKG-INFO', 'python'],
    ['usr/lib/python3/dist-packages/a-1.0.egg-info', 'python'],
    ['a.egg/EGG-INFO/PKG-INFO', 'python'],
    ['src/PKG-INFO', null],
    ['METADATA', null],
    ['app/app.jar', 'jar'],
    ['app/app.war', 'jar'],
    ['app/app.tar', null],
    ['__proto__', null],
    ['constructor', null],
    ['', null],
  ])('%s: %s', (path, expected) => {
    expect(packageFileAt(path)).toBe(expected);
  });
});
