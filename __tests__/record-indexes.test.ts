import { describe, expect, it } from '@jest/globals';
import { hideIndexes } from '../src/action/hide-indexes.ts';
import { findInFile } from '../src/baseline/find-in-file.ts';
import { redactValues } from '../src/build/redact.ts';
import { creatingSide, type IndexedSide } from '../src/compare/create-side.ts';
import { encodeFileIndex } from '../src/compare/file-index/encode-file-index.ts';
import { compareWithBaseline } from '../src/compare-with-baseline.ts';
import { headSide } from '../src/head-side.ts';
import { applyLayers } from '../src/image/apply-layers.ts';
import type { Image } from '../src/image/image.ts';
import { createProfile } from '../src/profile/create-profile.ts';
import { recordIndexes } from '../src/record-indexes.ts';
import { renderJson } from '../src/report/render-json.ts';
import type { Report } from '../src/report/report.ts';
import { runAtOnce } from '../src/slices.ts';
import { imageEntry } from './build/image-entry.ts';
import { file, image, layer } from './support/image-builder.ts';
import { createImageReport, createPlatform, createReport } from './support/report.ts';

const before = image(layer(file('/app/old', 100), file('/app/kept', 10)));
const after = image(layer(file('/app/new', 150), file('/app/kept', 10)));
const builder = {
  name: 'default',
  driver: 'docker',
  store: 'containerd',
  buildkit: 'v0.26.1',
  buildx: 'v0.30.0',
} as const;

function weigh(of: Image) {
  const filesystem = applyLayers(of.layers);
  return { image: of, filesystem, profile: createProfile(of, filesystem, { provenance: undefined, chain: undefined }) };
}

function reportOf(of: Image): Report {
  const { delta: _delta, ...platform } = createPlatform({ ...weigh(of).profile });
  return createReport({ images: [createImageReport({ platforms: [platform] })] });
}

function recorded(of: Image, side: IndexedSide = runAtOnce(creatingSide(weigh(of)))): Promise<Report> {
  return recordIndexes(reportOf(of), new Map([['api', side]]));
}

/** What a run with `after` as its image says of a stored text. */
function compareWith(text: string) {
  const find = findInFile({ path: '/x/main.json', asWritten: 'main.json' }, async () => text);
  const head = Promise.resolve(undefined);
  const findBaseline = (wanted: Omit<Parameters<typeof find>[0], 'head'>) => find({ ...wanted, head });
  return compareWithBaseline(headSide(weigh(after)), { entry: imageEntry(), builder, findBaseline });
}

describe('a recorded report', () => {
  it('lets a later run compare file by file, from its text alone', async () => {
    const { delta } = await compareWith(renderJson(await recorded(before)));
    expect(delta?.files.map(({ path, kind, bytes }) => [path, kind, bytes])).toEqual([
      ['/app/new', 'added', 150],
      ['/app/old', 'removed', -100],
    ]);
    expect(delta?.visibleBytes).toBe(50);
  });

  it('is compared by layers alone when it has no index, and that is said', async () => {
    const { delta } = await compareWith(renderJson(reportOf(before)));
    expect(delta).toMatchObject({ visibleBytes: 50, files: [] });
    expect(delta?.notes.join()).toContain('Files are not compared: what it is compared with has no file index');
  });

  it.each([
    [
      'is of another image',
      encodeFileIndex(runAtOnce(creatingSide(weigh(after))).fileIndex),
      'holds 160 bytes of files, where the image shows 110',
    ],
    ['names layers that are not there', layersBeyond(), 'names layer 7, which the image does not have'],
    [
      'has other files of the same size',
      encodeFileIndex(runAtOnce(creatingSide(weigh(image(layer(file('/x', 110)))))).fileIndex),
      'holds 1 files, where the image has 2',
    ],
    ['is damaged', 'AAAA', 'is of another version'],
    ['is no index at all', '\u{1F4A3}', 'is not base64'],
  ])('is no baseline when its index %s', async (_, fileIndex, reason) => {
    const text = JSON.stringify(await recorded(before), (key, value: unknown) =>
      key === 'fileIndex' ? fileIndex : value,
    );
    const { baseline, delta, noDelta } = await compareWith(text);
    expect(baseline.source).toBe('none');
    expect(delta).toBeUndefined();
    expect(noDelta).toBe(`main.json has a file index that ${reason}`);
  });

  it('tells a rebuild from a change', async () => {
    const again = {
      ...after,
      layers: after.layers.map((each) => ({ ...each, diffId: before.layers[0]?.diffId ?? each.diffId })),
    };
    const { delta } = await compareWith(renderJson(await recorded(again)));
    expect(delta).toMatchObject({ files: [], layers: [{ kind: 'changed' }] });
    expect(delta?.notes.join()).toContain('No file of the image changed: 1 layer has a new digest');
  });
});

describe('hideIndexes', () => {
  it('leaves an index out when a name in it holds a secret, since nothing can be hidden in it any more', async () => {
    const side = runAtOnce(creatingSide(weigh(image(layer(file('/tokens/hunter22', 1))))));
    const sides = new Map([['api', side]]);
    expect([...(await hideIndexes(sides, redactValues(['hunter22']))).keys()]).toEqual([]);
    expect([...(await hideIndexes(sides, redactValues(['another one']))).keys()]).toEqual(['api']);
  });
});

function layersBeyond(): string {
  const { fileIndex } = runAtOnce(creatingSide(weigh(before)));
  return encodeFileIndex({ ...fileIndex, layers: fileIndex.layers.map(() => 7) });
}
