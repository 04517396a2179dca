import { gzipSync } from 'node:zlib';
import {
  type EntrySpec,
  file,
  hardlink,
  type LayerSpec,
  layer,
  layerTar,
  sha256,
  symlink,
  whiteout,
} from '../support/image-builder.ts';
import {
  addBlob,
  type Blob,
  documentRecord,
  type Layout,
  type LayoutOptions,
  layoutOf,
} from '../support/image-files.ts';
import { gnuLong, oldSparse, pax, type TarRecord, tar, tarRecord } from '../support/tar-writer.ts';

/** What must come of an image: its numbers, or the refusal (exit 3 unless said otherwise). */
export type Expected =
  | {
      readonly unpackedBytes: number;
      readonly visibleBytes?: number;
      /** Every name in the root filesystem. */
      readonly files?: readonly string[];
      /** Words of each note, in order. */
      readonly notes?: readonly string[];
    }
  | { readonly refused: string; readonly exitCode?: 2 };

/** One image of the corpus: a tar with an OCI layout in it, or what `docker save` would have written. */
export type HostileImage = {
  readonly name: string;
  readonly archive: Buffer;
  readonly expected: Expected;
  readonly kind: 'layout' | 'saved';
  /** Readable where Node has zstd; elsewhere the clear refusal is right. */
  readonly needsZstd: boolean;
};

/** The whole corpus, which scripts/hostile-corpus.mjs writes to fixtures/hostile. Bombs are made when they are tested. */
export function hostileCorpus(): readonly HostileImage[] {
  return [...packing(), ...promises(), ...indexes(), ...tars(), ...oddLayers(), ...documents(), ...savedArchives()];
}

const damaged = { refused: 'its compressed data is damaged or cut off' };
const isHello = { unpackedBytes: 5, visibleBytes: 5, files: ['a'] };

function packing(): readonly HostileImage[] {
  const content = tar([{ name: 'a', body: Buffer.from('hello') }]);
  const whole = gzip(content);
  const framed = zstd(content);
  const skippable = Buffer.from('502a4d1803000000010203', 'hex');
  const packed = (bytes: Buffer, mediaType: string = types.gzip) => [blob(bytes, content, mediaType)];
  return [
    image('gzip-cut-off', packed(whole.subarray(0, -9)), damaged),
    image('gzip-cut-in-header', packed(whole.subarray(0, 6)), damaged),
    image('gzip-corrupt', packed(withByte(whole, 11, 0xff)), damaged),
    image('gzip-wrong-sum', packed(withByte(whole, whole.length - 8, 0x55)), damaged),
    image('gzip-wrong-length', packed(withByte(whole, whole.length - 4, 0x55)), damaged),
    image('gzip-then-rubbish', packed(Buffer.concat([whole, Buffer.from('rubbish')])), damaged),
    image('gzip-then-zeros', packed(Buffer.concat([whole, Buffer.alloc(700)])), isHello),
    image('gzip-in-members', packed(Buffer.concat([gzip(content.subarray(0, 3)), gzip(content.subarray(3))])), isHello),
    image('gzip-named-zstd', packed(whole, types.zstd), { ...isHello, notes: ['is gzip although'] }),
    image('plain-named-gzip', packed(content, types.gzip), {
      ...isHello,
      notes: ['is a plain tar although', 'no download size'],
    }),
    image('no-bytes-at-all', packed(Buffer.alloc(0), types.plain), { refused: 'uncompressed content of layer 0' }),
    image('zstd', packed(framed, types.zstd), isHello, 'zstd'),
    image(
      'zstd-in-frames',
      packed(
        Buffer.concat([skippable, zstd(content.subarray(0, 600)), skippable, zstd(content.subarray(600))]),
        types.zstd,
      ),
      isHello,
      'zstd',
    ),
    image('zstd-cut-off', packed(framed.subarray(0, -700), types.zstd), damaged, 'zstd'),
    image('zstd-corrupt', packed(withByte(framed, 9, 0x07), types.zstd), damaged, 'zstd'),
    image('zstd-named-gzip', packed(framed), { ...isHello, notes: ['is zstd although'] }, 'zstd'),
    image('estargz', [estargz()], { unpackedBytes: 8, files: ['a', 'd', 'd/b'] }),
  ];
}

/** What documents promise of each other. */
function promises(): readonly HostileImage[] {
  const wrong = `sha256:${'0'.repeat(64)}`;
  const one = (change: (blobs: Map<string, Buffer>, layout: Layout) => void) => changed([hello()], change);
  const otherSize = (delta: number) =>
    edited([hello()], 'manifest', (manifest) => ({
      ...manifest,
      layers: listOf(manifest.layers).map((each) => ({ ...each, size: Number(each.size) + delta })),
    }));
  return [
    layout(
      'wrong-digest',
      one((blobs, { layerDigests: [digest = ''] }) => blobs.set(digest, withByte(blobs.get(digest), 600, 0x58))),
      { refused: 'Verifying layer 0' },
    ),
    layout('wrong-size-by-one', otherSize(1), { refused: 'Verifying layer 0' }),
    layout('wrong-size-negative', otherSize(-100_000), { refused: '"layers.0.size"' }),
    layout('wrong-size-overflowing', otherSize(1e300), { refused: '"layers.0.size"' }),
    layout('wrong-diff-id', layoutOf([{ ...hello(), diffId: wrong }]), {
      refused: 'Verifying the uncompressed content of layer 0',
    }),
    layout(
      'swapped-layers',
      edited([hello(), hello('b')], 'manifest', (manifest) => ({
        ...manifest,
        layers: listOf(manifest.layers).toReversed(),
      })),
      { refused: 'Verifying the uncompressed content of layer 0' },
    ),
    layout(
      'more-diff-ids-than-layers',
      edited([hello()], 'manifest', (manifest) => ({ ...manifest, layers: [] })),
      { refused: 'its config lists 1 layers and its manifest 0' },
    ),
    layout(
      'missing-manifest',
      one((blobs, { descriptor }) => blobs.delete(String(descriptor.digest))),
      { refused: 'holds no image', exitCode: 2 },
    ),
    layout(
      'missing-config',
      one((blobs, { configDigest }) => blobs.delete(configDigest)),
      { refused: 'the config sha256:' },
    ),
    layout(
      'missing-layer',
      one((blobs, { layerDigests: [digest = ''] }) => blobs.delete(digest)),
      { refused: 'layer 0 (sha256:' },
    ),
    layout(
      'changed-config',
      one((blobs, { configDigest }) => blobs.set(configDigest, withByte(blobs.get(configDigest), 3, 0x58))),
      { refused: 'Verifying the config sha256:' },
    ),
    image(
      'the-same-layer-a-hundred-times',
      Array.from({ length: 100 }, () => hello()),
      { unpackedBytes: 500, visibleBytes: 5, files: ['a'], notes: ['no download size'] },
    ),
    image(
      'more-layers-than-any-engine-takes',
      Array.from({ length: 1001 }, () => hello()),
      { refused: '"layers"' },
    ),
    image('foreign-layer', [{ ...hello(), mediaType: types.foreign }, hello()], {
      ...isHello,
      notes: ['layer 0 is foreign'],
    }),
  ];
}

function indexes(): readonly HostileImage[] {
  const { blobs, descriptor } = layoutOf([hello()]);
  const under = (depth: number): Layout => {
    const all = new Map(blobs);
    let top = descriptor;
    for (let i = 0; i < depth; i++) top = addBlob(all, types.index, { manifests: [top] });
    return { ...layoutOf([hello()]), blobs: all, descriptor: top };
  };
  const circle = `sha256:${sha256('a circle')}`;
  const around = new Map(blobs).set(
    circle,
    json({ manifests: [{ mediaType: types.index, digest: circle, size: 77 }] }),
  );
  const with_ = (change: object): Layout => ({ ...under(0), descriptor: { ...descriptor, ...change } });
  return [
    layout('index-in-index-in-index', under(3), { ...isHello, notes: ['no download size'] }),
    layout('index-too-deep', under(30), { refused: 'nest too deep' }),
    layout(
      'index-in-a-circle',
      { ...under(0), blobs: around, descriptor: { mediaType: types.index, digest: circle, size: 77 } },
      { refused: `Verifying the index ${circle}` },
    ),
    layout(
      'index-named-manifest',
      { ...under(1), descriptor: { ...under(1).descriptor, mediaType: types.manifest } },
      { refused: 'Reading the manifest sha256:' },
    ),
    layout('manifest-named-index', with_({ mediaType: types.index }), { refused: 'Reading the index sha256:' }),
    layout('digest-that-climbs', with_({ digest: 'sha256:../../../../etc/passwd' }), {
      refused: 'is not a sha256 digest',
    }),
    layout('digest-of-another-kind', with_({ digest: `sha512:${'0'.repeat(128)}` }), {
      refused: 'is not a sha256 digest',
    }),
    layout(
      'index-and-manifest-in-one',
      edited([hello()], 'index', (index) => ({ ...index, layers: [], config: {} })),
      { refused: '"config": Invalid input' },
    ),
    layout(
      'index-of-nothing',
      edited([hello()], 'index', () => ({ manifests: [] })),
      { refused: 'holds no image', exitCode: 2 },
    ),
    layout(
      'index-that-is-null',
      edited([hello()], 'index', () => null),
      { refused: 'index.json' },
    ),
    layout(
      'index-with-two-lists',
      edited([hello()], 'index', (index) =>
        raw(`{"manifests":[],"manifests":${JSON.stringify(listOf(index.manifests))}}`),
      ),
      { refused: 'the key "manifests" stands twice' },
    ),
  ];
}

function tars(): readonly HostileImage[] {
  const body = Buffer.from('hello');
  const after: TarRecord = { name: 'after', body: Buffer.from('x') };
  const size = (text: string) => (block: Buffer) => void block.write(text, 124, 12, 'latin1');
  const of = (...records: readonly TarRecord[]) => [plainBlob(tar(records))];
  const ofBytes = (...bytes: readonly Buffer[]) => [plainBlob(Buffer.concat(bytes))];
  return [
    image('tar-cut-off-in-a-body', ofBytes(tarRecord({ name: 'a', body: Buffer.alloc(2000) }).subarray(0, 1000)), {
      refused: 'the tar is cut off inside the entry "a"',
    }),
    image('tar-cut-off-in-a-header', ofBytes(tarRecord(after), tarRecord(after).subarray(0, 99)), {
      refused: 'the tar is cut off in a header after the entry "after"',
    }),
    image('tar-without-end', ofBytes(tarRecord({ name: 'a', body })), { ...isHello, notes: ['no download size'] }),
    image('tar-of-nothing', ofBytes(Buffer.alloc(1024)), { unpackedBytes: 0, files: [], notes: ['no download size'] }),
    image('tar-with-more-behind-its-end', ofBytes(tar([{ name: 'a', body }]), tar([after])), {
      ...isHello,
      notes: ['no download size'],
    }),
    image('tar-that-is-none', ofBytes(Buffer.alloc(5000, 'no tar ')), {
      refused: 'a header field is not an octal number (at byte 0 of the tar)',
    }),
    image('size-negative', of({ name: 'a', size: -5, base256: true }), { refused: 'an entry has a negative size' }),
    image(
      'size-overflowing',
      of({ name: 'a', patch: (block) => void block.fill(0xff, 125, 136).fill(0xbf, 124, 125) }),
      { refused: 'a header field is too large a number' },
    ),
    image('size-no-number', of({ name: 'a', patch: size('12x') }), {
      refused: 'a header field is not an octal number',
    }),
    image('size-beyond-the-tar', of({ name: 'a', size: 8 ** 11 - 1 }), {
      refused: 'the tar is cut off inside the entry "a"',
    }),
    image('size-of-a-link', of({ name: 'l', flag: '2', linkName: 'a', size: 99 }, { name: 'a', body }), {
      unpackedBytes: 5,
      files: ['a', 'l'],
      notes: ['no download size'],
    }),
    image(
      'sizes-beyond-counting',
      ofBytes(...Array.from({ length: 9 }, (_, i) => hole(`${i}`, 2 ** 50)), Buffer.alloc(1024)),
      { refused: 'its files claim more bytes than can be counted' },
    ),
    image(
      'sizes-beyond-counting-in-two-layers',
      [0, 1].map((i) => plainBlob(Buffer.concat([hole(`${i}`, 2 ** 53 - 1 - i), Buffer.alloc(1024)]))),
      { refused: 'its layers claim more bytes than can be counted' },
    ),
    image('checksum-wrong', of({ name: 'a', body, checksum: 'wrong' }), {
      refused: 'a header has a wrong checksum (at byte 0 ',
    }),
    image('pax-longer-than-it-is', of({ name: 'p', flag: 'x', body: Buffer.from('99 path=x\n') }, after), {
      refused: 'a PAX header is malformed',
    }),
    image('pax-shorter-than-it-is', of({ name: 'p', flag: 'x', body: Buffer.from('6 path=x\n') }, after), {
      refused: 'a PAX header is malformed',
    }),
    image('pax-size-beyond-the-tar', of(pax([['size', '9007199254740991']]), after), {
      refused: 'the tar is cut off inside the entry "after"',
    }),
    image('pax-size-too-large', of(pax([['size', '99999999999999999999']]), after), {
      refused: 'size is not a number',
    }),
    image('pax-size-negative', of(pax([['size', '-1']]), after), { refused: 'an entry has a negative size' }),
    image('pax-size-too-small', of(pax([['size', '1']]), { name: 'a', body: Buffer.alloc(1500, 'x') }), {
      refused: 'a header',
    }),
    image('pax-for-nobody', ofBytes(tarRecord(pax([['path', 'x']]))), {
      refused: 'the tar is cut off in its first header',
    }),
    image('name-of-a-megabyte', [gzipBlob(tar([pax([['path', 'n'.repeat(1_000_000)]]), after]))], {
      refused: 'a name is longer than 65536 bytes',
    }),
    image('name-of-a-megabyte-for-gnu', [gzipBlob(tar([gnuLong('L', 'n'.repeat(1_000_000)), after]))], {
      refused: 'a long name of 1000001 bytes is over the bound',
    }),
    image(
      'link-of-a-megabyte',
      [gzipBlob(tar([pax([['linkpath', 'n'.repeat(1_000_000)]]), { name: 'l', flag: '2' }]))],
      { refused: 'a name is longer than 65536 bytes' },
    ),
    image('name-too-deep', [gzipBlob(tar([gnuLong('L', 'n/'.repeat(3000)), after]))], { refused: 'directories deep' }),
    image('names-that-climb', of({ name: '../../etc/passwd', body }, { name: '/abs' }, { name: 'a/../../b' }), {
      unpackedBytes: 5,
      files: ['abs', 'b', 'etc', 'etc/passwd'],
      notes: ['2 names climb', 'no download size'],
    }),
    image(
      'names-not-utf-8',
      of({ name: Buffer.from('a\xff\xfe', 'latin1'), body }, { name: Buffer.from('\xc3', 'latin1') }),
      { unpackedBytes: 5, files: ['\\xC3', 'a\\xFF\\xFE'], notes: ['no download size'] },
    ),
    image(
      'names-with-controls',
      of({ name: 'a\nb', body }, { name: '\x1b[31mred\x1b[0m' }, { name: '\u202efdp.exe' }, { name: '::error::x' }),
      {
        unpackedBytes: 5,
        files: ['\x1b[31mred\x1b[0m', '::error::x', 'a\nb', '\u202efdp.exe'],
        notes: ['no download size'],
      },
    ),
    image(
      'names-of-nothing',
      of({ name: '', body }, { name: './' }, { name: '.', flag: '5' }, { name: '..', flag: '2', linkName: 'x' }),
      { unpackedBytes: 5, visibleBytes: 0, files: [''], notes: ['1 names climb', 'no download size'] },
    ),
    image(
      'names-of-javascript',
      of({ name: '__proto__', body }, { name: 'constructor/prototype' }, { name: 'toString' }),
      {
        unpackedBytes: 5,
        files: ['__proto__', 'constructor', 'constructor/prototype', 'toString'],
        notes: ['no download size'],
      },
    ),
  ];
}

/** What an engine would refuse, or nobody would write, and we weigh all the same. */
function oddLayers(): readonly HostileImage[] {
  const of = (...records: readonly TarRecord[]) => [plainBlob(tar(records))];
  const specs = (...entries: readonly EntrySpec[]) => layer(...entries);
  const body = Buffer.from('hello');
  const noSize = 'no download size';
  return [
    image(
      'links-in-a-circle',
      of(
        { name: 'a', flag: '2', linkName: 'b' },
        { name: 'b', flag: '2', linkName: 'a' },
        { name: 'a/x', body },
        { name: 'h', flag: '1', linkName: 'h' },
      ),
      {
        unpackedBytes: 5,
        visibleBytes: 5,
        files: ['a', 'a/x', 'b', 'h'],
        notes: [noSize, 'hard link', 'under what is no directory'],
      },
    ),
    image(
      'links-out-of-the-image',
      of(
        { name: 'out', flag: '2', linkName: '/../../../etc' },
        { name: 'out/passwd', body },
        { name: 'h', flag: '1', linkName: '../../etc/shadow' },
      ),
      { unpackedBytes: 5, files: ['etc', 'etc/passwd', 'h', 'out'], notes: [noSize, 'hard link'] },
    ),
    image('hard-link-to-nothing', of({ name: 'h', flag: '1', linkName: 'gone' }, { name: 'a', body }), {
      unpackedBytes: 5,
      files: ['a', 'h'],
      notes: [noSize, 'hard link'],
    }),
    image('hard-link-before-its-target', of({ name: 'h', flag: '1', linkName: 'a' }, { name: 'a', body }), {
      unpackedBytes: 5,
      files: ['a', 'h'],
      notes: [noSize, 'hard link'],
    }),
    image('hard-link-to-a-directory', of({ name: 'd', flag: '5' }, { name: 'h', flag: '1', linkName: 'd' }), {
      unpackedBytes: 0,
      files: ['d', 'h'],
      notes: [noSize, 'hard link'],
    }),
    image(
      'hard-link-to-a-lower-layer',
      plainLayers(specs(file('/a', 10)), specs(hardlink('/h', '/a'), whiteout('/a'))),
      { unpackedBytes: 10, visibleBytes: 10, files: ['h'], notes: [noSize, 'hard link'] },
    ),
    image(
      'devices',
      of(
        { name: 'c', flag: '3', major: 1, minor: 3 },
        { name: 'b', flag: '4', major: 8 },
        { name: 'p', flag: '6' },
        { name: 'a', body },
      ),
      { unpackedBytes: 5, files: ['a', 'b', 'c', 'p'], notes: [noSize] },
    ),
    image('device-0-0-is-a-whiteout', [...of({ name: 'a', body }), ...of({ name: 'a', flag: '3' })], {
      unpackedBytes: 5,
      visibleBytes: 0,
      files: [],
      notes: [noSize],
    }),
    image('types-unknown', of({ name: 'z', flag: 'Z', body }, { name: 'v', flag: 'V' }, { name: 'a', body }), {
      ...isHello,
      notes: ['2 entries of an unknown type', noSize],
    }),
    image(
      'the-same-name-many-times',
      of(
        ...Array.from({ length: 50 }, () => ({ name: 'a', body })),
        { name: 'a', flag: '5' },
        { name: 'a/b', body },
        { name: 'a', body },
      ),
      { unpackedBytes: 260, visibleBytes: 5, files: ['a'], notes: [noSize] },
    ),
    image(
      'whiteouts-of-nothing',
      plainLayers(specs(file('/a', 5)), specs(whiteout('/gone'), whiteout('/a/b/c'), whiteout('/gone'))),
      { unpackedBytes: 5, visibleBytes: 0, files: ['a', 'a/b'], notes: [noSize] },
    ),
    image(
      'whiteouts-with-odd-names',
      of({ name: '.wh.' }, { name: '.wh..' }, { name: '.wh...' }, { name: 'a', body }),
      { ...isHello, notes: ['3 entries of an unknown type or reserved name', noSize] },
    ),
    image(
      'no-parents-dots-any-order',
      of({ name: './x/y/z', body }, { name: './x/', flag: '5', mode: 0o700 }, { name: '././x//w' }),
      { unpackedBytes: 5, files: ['x', 'x/w', 'x/y', 'x/y/z'], notes: [noSize] },
    ),
    image('sparse-in-old-form', [plainBlob(Buffer.concat([hole('a', 1_000_000), Buffer.alloc(1024)]))], {
      unpackedBytes: 1_000_000,
      files: ['a'],
      notes: ['sparse', noSize],
    }),
    image(
      'sparse-out-of-order',
      [
        plainBlob(
          oldSparse(
            's',
            100,
            [
              { offset: 10, length: 3 },
              { offset: 0, length: 2 },
            ],
            body,
          ),
        ),
      ],
      { refused: 'a sparse map is out of order' },
    ),
    image('sparse-longer-than-its-file', [plainBlob(oldSparse('s', 12, [{ offset: 10, length: 5 }], body))], {
      refused: 'a sparse map reaches past the end of its file',
    }),
    image(
      'through-its-own-links',
      plainLayers(specs(file('/usr/lib/a', 5)), specs(symlink('/lib', 'usr/lib'), file('/lib/b', 3))),
      { unpackedBytes: 8, files: ['lib', 'usr', 'usr/lib', 'usr/lib/a', 'usr/lib/b'], notes: [noSize] },
    ),
  ];
}

function documents(): readonly HostileImage[] {
  const config = (change: (config: Document) => unknown) => edited([hello()], 'config', change);
  const noSize = ['no download size'];
  return [
    layout(
      'config-null-everywhere',
      config(({ rootfs }) => ({
        rootfs,
        architecture: null,
        os: null,
        variant: null,
        created: null,
        config: null,
        history: null,
      })),
      { ...isHello, notes: noSize },
    ),
    layout(
      'config-null-inside',
      config(({ rootfs }) => ({
        rootfs,
        config: {
          User: null,
          Entrypoint: null,
          Cmd: null,
          WorkingDir: null,
          Env: null,
          ExposedPorts: null,
          Volumes: null,
          Labels: { a: null },
          Healthcheck: { Test: null },
          StopSignal: null,
        },
        history: [{ created: null, created_by: null, comment: null, empty_layer: null }],
      })),
      { ...isHello, notes: noSize },
    ),
    layout(
      'config-that-is-null',
      config(() => null),
      { refused: 'expected object' },
    ),
    layout(
      'config-that-is-no-json',
      config(() => raw('{"rootfs":')),
      { refused: 'it is not JSON' },
    ),
    layout(
      'config-that-is-a-list-of-null',
      config(({ rootfs }) => ({ rootfs, history: [null] })),
      { refused: '"history.0"' },
    ),
    layout(
      'config-with-a-key-twice',
      config(({ rootfs }) =>
        raw(`{"rootfs":${JSON.stringify(rootfs)},"config":{"User":"root"},"config":{"User":"1000"}}`),
      ),
      { refused: 'the key "config" stands twice' },
    ),
    layout(
      'config-with-a-lookalike',
      config(({ rootfs }) => ({ rootfs, config: { User: '1000', user: 'root' } })),
      { refused: 'the key "user" is known in another case only' },
    ),
    layout(
      'config-with-strange-labels',
      config(({ rootfs }) => ({ rootfs, config: { Labels: { constructor: 'a', '\u202e': '\0', '': '' } } })),
      { ...isHello, notes: noSize },
    ),
    layout(
      'config-not-utf-8',
      config(({ rootfs }) =>
        Buffer.concat([
          Buffer.from(`{"rootfs":${JSON.stringify(rootfs)},"author":"`),
          Buffer.from([0xff, 0xc3]),
          Buffer.from('"}'),
        ]),
      ),
      { ...isHello, notes: noSize },
    ),
    layout(
      'config-with-a-hundred-thousand-lists',
      config(() => raw(`{"history":${'['.repeat(100_001)}${']'.repeat(100_001)}}`)),
      { refused: 'more than 100000 values' },
    ),
    layout(
      'manifest-with-a-lookalike',
      edited([hello()], 'manifest', (manifest) => ({ ...manifest, Layers: [] })),
      { refused: 'the key "Layers" is known in another case only' },
    ),
    layout(
      'manifest-of-null',
      edited([hello()], 'manifest', () => ({ config: null, layers: null })),
      { refused: '"config"' },
    ),
  ];
}

function savedArchives(): readonly HostileImage[] {
  const config = (bytes: Buffer) =>
    documentRecord('config.json', { rootfs: { diff_ids: [`sha256:${sha256(bytes)}`] } });
  const content = layerTar(layer(file('/a', 'hello')));
  const list = (value: unknown) => documentRecord('manifest.json', value);
  const one = { Config: 'config.json', Layers: ['layer.tar'] };
  const usual: readonly TarRecord[] = [{ name: 'layer.tar', body: content }, config(content)];
  const classic = { ...isHello, notes: ['no download size'] };
  return [
    saved('saved', [...usual, list([one])], classic),
    saved(
      'saved-paths-with-dots',
      [...usual, list([{ Config: './config.json', Layers: ['x/../layer.tar'] }])],
      classic,
    ),
    saved('saved-paths-that-climb', [...usual, list([{ Config: '../../etc/passwd', Layers: [] }])], {
      refused: 'the config ../../etc/passwd is missing',
    }),
    saved(
      'saved-layer-by-a-link',
      [
        ...usual,
        { name: 'x/layer.tar', flag: '2', linkName: '../layer.tar' },
        list([{ ...one, Layers: ['x/layer.tar'] }]),
      ],
      classic,
    ),
    saved(
      'saved-links-in-a-circle',
      [
        config(content),
        { name: 'a', flag: '2', linkName: 'b' },
        { name: 'b', flag: '1', linkName: 'a' },
        list([{ ...one, Layers: ['a'] }]),
      ],
      { refused: 'layer 0 (a) is missing' },
    ),
    saved(
      'saved-layer-that-is-a-directory',
      [config(content), { name: 'd', flag: '5' }, list([{ ...one, Layers: ['d'] }])],
      { refused: 'layer 0 (d) is missing' },
    ),
    saved('saved-layer-that-is-json', [config(content), documentRecord('l', {}), list([{ ...one, Layers: ['l'] }])], {
      refused: 'layer 0 (l) is no layer',
    }),
    saved(
      'saved-layer-that-is-broken',
      [{ name: 'layer.tar', body: content.subarray(0, 515) }, config(content), list([one])],
      { refused: 'the tar is cut off inside the entry "a"' },
    ),
    saved(
      'saved-broken-file-of-nobody',
      [...usual, { name: 'other.tar', body: content.subarray(0, 515) }, list([one])],
      classic,
    ),
    saved(
      'saved-the-same-file-twice',
      [{ name: 'layer.tar', body: Buffer.from('first') }, ...usual, list([one])],
      classic,
    ),
    saved('saved-list-of-nothing', [...usual, list([])], { refused: 'has no image', exitCode: 2 }),
    saved('saved-list-of-null', [...usual, list([null])], { refused: 'manifest.json' }),
    saved(
      'saved-key-twice',
      [
        ...usual,
        {
          name: 'manifest.json',
          body: Buffer.from('[{"Config":"config.json","Config":"other.json","Layers":["layer.tar"]}]'),
        },
      ],
      { refused: 'the key "Config" stands twice' },
    ),
    saved('saved-lookalike', [...usual, list([{ ...one, layers: [] }])], {
      refused: 'the key "layers" is known in another case only',
    }),
    saved('saved-wrong-diff-id', [{ name: 'layer.tar', body: content }, config(Buffer.from('other')), list([one])], {
      refused: 'uncompressed content of layer 0',
    }),
    saved('saved-no-image-at-all', [{ name: 'README', body: Buffer.from('hello') }], {
      refused: 'neither a manifest.json nor an index.json',
    }),
    {
      ...saved('saved-cut-off', [...usual, list([one])], {
        refused: 'the tar is cut off inside the entry "layer.tar"',
      }),
      archive: tar(usual).subarray(0, 1000),
    },
  ];
}

const types = {
  index: 'application/vnd.oci.image.index.v1+json',
  manifest: 'application/vnd.oci.image.manifest.v1+json',
  plain: 'application/vnd.oci.image.layer.v1.tar',
  gzip: 'application/vnd.oci.image.layer.v1.tar+gzip',
  zstd: 'application/vnd.oci.image.layer.v1.tar+zstd',
  foreign: 'application/vnd.docker.image.rootfs.foreign.diff.tar.gzip',
} as const;

function hello(name = 'a'): Blob {
  return plainBlob(tar([{ name, body: Buffer.from('hello') }]));
}

function plainBlob(content: Buffer): Blob {
  return blob(content, content, types.plain);
}

function gzipBlob(content: Buffer): Blob {
  return blob(gzipSync(content), content, types.gzip);
}

function plainLayers(...specs: readonly LayerSpec[]): readonly Blob[] {
  return specs.map((spec) => plainBlob(layerTar(spec)));
}

/** A blob whose diff ID is that of `content`, whatever the bytes are. */
function blob(bytes: Buffer, content: Buffer, mediaType: string): Blob {
  return { mediaType, bytes, diffId: `sha256:${sha256(content)}` };
}

function image(name: string, layers: readonly Blob[], expected: Expected, needs?: 'zstd'): HostileImage {
  return { ...layout(name, layoutOf(layers), expected), needsZstd: needs === 'zstd' };
}

/** A layout in a tar; an `index` among the blobs stands for index.json. */
function layout(name: string, { blobs, descriptor }: Layout, expected: Expected): HostileImage {
  const index = blobs.get('index') ?? json({ schemaVersion: 2, manifests: [descriptor] });
  const records = [...blobs]
    .filter(([digest]) => digest !== 'index')
    .map(([digest, body]) => ({ name: `blobs/${digest.replace(':', '/')}`, body }));
  const archive = tar([
    ...records,
    { name: 'index.json', body: index },
    documentRecord('oci-layout', { imageLayoutVersion: '1.0.0' }),
  ]);
  return { name, archive, expected, kind: 'layout', needsZstd: false };
}

function saved(name: string, records: readonly TarRecord[], expected: Expected): HostileImage {
  return { name, archive: tar(records), expected, kind: 'saved', needsZstd: false };
}

/** The layout of these layers after something was done to its blobs. */
function changed(
  layers: readonly Blob[],
  change: (blobs: Map<string, Buffer>, layout: Layout) => void,
  options: LayoutOptions = {},
): Layout {
  const layout = layoutOf(layers, options);
  const blobs = new Map(layout.blobs);
  change(blobs, layout);
  return { ...layout, blobs };
}

type Document = Readonly<Record<string, unknown>>;

/** The same with one document rewritten, and the digests above it made right again. */
function edited(
  layers: readonly Blob[],
  which: 'index' | 'manifest' | 'config',
  edit: (document: Document) => unknown,
): Layout {
  const { blobs, descriptor, ...rest } = layoutOf(layers);
  const all = new Map(blobs);
  const read = (digest: unknown): Document => JSON.parse(String(all.get(String(digest))));
  const add = (value: unknown) => {
    const bytes = Buffer.isBuffer(value) ? value : json(value);
    const digest = `sha256:${sha256(bytes)}`;
    all.set(digest, bytes);
    return { digest, size: bytes.length };
  };
  if (which === 'index') {
    const index = edit({ schemaVersion: 2, manifests: [descriptor] });
    return { ...rest, descriptor, blobs: all.set('index', Buffer.isBuffer(index) ? index : json(index)) };
  }
  const manifest = read(descriptor.digest);
  const config = { ...objectOf(manifest.config), ...(which === 'config' ? add(edit(read(rest.configDigest))) : {}) };
  const top = add(which === 'manifest' ? edit(manifest) : { ...manifest, config });
  return { ...rest, blobs: all, descriptor: { ...descriptor, ...top } };
}

function listOf(value: unknown): readonly Document[] {
  return Array.isArray(value) ? value : [];
}

function objectOf(value: unknown): Document {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

function json(value: unknown): Buffer {
  return Buffer.from(JSON.stringify(value));
}

function raw(text: string): Buffer {
  return Buffer.from(text);
}

function withByte(bytes: Buffer | undefined, at: number, byte: number): Buffer {
  const copy = Buffer.from(bytes ?? []);
  copy[at] = byte;
  return copy;
}

/** Stored, not packed: damage is where a test puts it. */
function gzip(bytes: Buffer): Buffer {
  return gzipSync(bytes, { level: 0 });
}

/** One frame of one raw block (RFC 8878): no library needed. */
function zstd(bytes: Buffer): Buffer {
  const header = Buffer.alloc(12);
  header.writeUInt32LE(0xfd2fb528, 0);
  // Single segment, the content's size in four bytes.
  header.writeUInt8(0xa0, 4);
  header.writeUInt32LE(bytes.length, 5);
  header.writeUIntLE((bytes.length << 3) | 1, 9, 3);
  return Buffer.concat([header, bytes]);
}

/** A sparse file of one byte and a hole. */
function hole(name: string, size: number): Buffer {
  return oldSparse(name, size, [{ offset: 0, length: 1 }], Buffer.from('x'));
}

/** As stargz-snapshotter lays a blob out: a gzip member a file, the table of contents behind the end-of-archive marker, an empty member with its place. */
function estargz(): Blob {
  const toc = { version: 1, entries: [{ name: 'a', type: 'reg', size: 5 }] };
  const members = [
    tarRecord({ name: 'd/', flag: '5' }),
    tarRecord({ name: 'a', body: Buffer.from('hello') }),
    tarRecord({ name: 'd/b', body: Buffer.from('abc') }),
    Buffer.alloc(1024),
    tar([documentRecord('stargz.index.json', toc)]),
  ];
  const footer = gzipSync(Buffer.alloc(0), { level: 0 });
  return blob(Buffer.concat([...members.map(gzip), footer]), Buffer.concat(members), types.gzip);
}
