import { describe, expect, it } from '@jest/globals';
import { applyLayers } from '../../src/image/apply-layers.ts';
import { resolveUser } from '../../src/profile/resolve-user.ts';
import { file, image, layer, symlink, whiteout } from '../support/image-builder.ts';

const passwd = [
  'root:x:0:0:root:/root:/sbin/nologin',
  'toor:x:0:0::/:',
  'app:x:1000:2000::/home/app:/bin/sh',
  'app:x:0:0:second line of the same name::',
  'broken line',
  '# comment:x:7:7::/:',
  '7:x:4242:4242::/:',
].join('\n');
const group = 'root:x:0:\nstaff:x:50:app\nbroken';
const filesystem = applyLayers(image(layer(file('/etc/passwd', passwd), file('/etc/group', group))).layers);
const empty = applyLayers(image(layer(file('/app', 1))).layers);

describe('resolveUser', () => {
  it.each([
    ['', { uid: 0, gid: 0, name: 'root' }],
    ['0', { uid: 0, gid: 0, name: 'root' }],
    ['0:0', { uid: 0, gid: 0, name: 'root' }],
    ['00', { uid: 0, gid: 0, name: 'root' }],
    ['+0', { uid: 0, gid: 0, name: 'root' }],
    ['root', { uid: 0, gid: 0, name: 'root' }],
    ['root:staff', { uid: 0, gid: 50, name: 'root' }],
    ['root:x', { uid: 0, gid: null, name: 'root' }],
    ['toor', { uid: 0, gid: 0, name: 'toor' }],
    ['app', { uid: 1000, gid: 2000, name: 'app' }],
    ['app:0', { uid: 1000, gid: 0, name: 'app' }],
    ['1000', { uid: 1000, gid: 2000, name: 'app' }],
    ['65532', { uid: 65532, gid: 0 }],
    ['65532:65532', { uid: 65532, gid: 65532 }],
    ['7', { uid: 7, gid: 0 }],
    ['nobody', { uid: null, gid: null }],
    ['nobody:staff', { uid: null, gid: 50 }],
    ['-1', { uid: null, gid: null }],
    ['4294967296', { uid: null, gid: null }],
    ['App', { uid: null, gid: null }],
  ])('resolves USER %p as a runtime does', (configured, expected) => {
    expect(resolveUser(configured, filesystem)).toEqual(expected);
  });

  it('counts ids without a passwd, and knows no name then', () => {
    expect(resolveUser('1000', empty)).toEqual({ uid: 1000, gid: 0 });
    expect(resolveUser('', empty)).toEqual({ uid: 0, gid: 0 });
    expect(resolveUser('app', empty)).toEqual({ uid: null, gid: null });
  });

  it('reads the passwd that a container sees, through links and layers', () => {
    const linked = applyLayers(
      image(
        layer(file('/etc/passwd', 'app:x:0:0::/:')),
        layer(whiteout('/etc/passwd'), file('/usr/share/passwd', 'app:x:9:9::/:')),
        layer(symlink('/etc/passwd', '../usr/share/passwd')),
      ).layers,
    );
    expect(resolveUser('app', linked)).toEqual({ uid: 9, gid: 9, name: 'app' });
  });
});
