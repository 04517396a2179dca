import { Readable } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseImageConfig } from '../../src/image/image-config.ts';
import { readDockerSave } from '../../src/image/read-docker-save.ts';
import { file, layer, sha256 } from '../support/image-builder.ts';
import { dockerSave, documentRecord, ociArchive, oldDockerSave } from '../support/image-files.ts';
import { tar } from '../support/tar-writer.ts';

const isUserError = expect.objectContaining({ name: 'UserError' });

async function readsOrSaysWhy(bytes: Buffer): Promise<void> {
  try {
    await readDockerSave(Readable.from([bytes], { objectMode: true }));
  } catch (error) {
    expect(error).toEqual(isUserError);
  }
}

describe('an image from a stranger', () => {
  const layers = [layer(file('/a', 700), file('/etc/passwd', 'x')), layer(file('/b', 30))];
  const samples = [
    dockerSave(layers),
    dockerSave(layers, { compress: 'gzip' }),
    oldDockerSave(layers),
    ociArchive(layers),
  ];
  const change = fc.record({ where: fc.double({ min: 0, max: 0.9999, noNaN: true }), byte: fc.nat(255) });

  it('with any bytes changed or missing is read or refused, and nothing else', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...samples),
        fc.array(change, { maxLength: 5 }),
        fc.double({ min: 0.5, max: 1, noNaN: true }),
        async (sample, changes, rest) => {
          const bytes = Buffer.from(sample.subarray(0, Math.ceil(sample.length * rest)));
          for (const { where, byte } of changes) bytes[Math.floor(where * bytes.length)] = byte;
          await readsOrSaysWhy(bytes);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('with any JSON for documents is read or refused, and nothing else', async () => {
    const hostile = fc.oneof(
      fc.json().map((text) => JSON.parse(text)),
      fc.constant({ Config: 'c.json', Layers: ['__proto__', '../c.json'] }),
    );
    await fc.assert(
      fc.asyncProperty(hostile, hostile, hostile, async (list, config, index) => {
        await readsOrSaysWhy(
          tar([
            documentRecord('c.json', config),
            documentRecord('manifest.json', list),
            documentRecord('index.json', index),
          ]),
        );
        await readsOrSaysWhy(
          tar([
            documentRecord('c.json', config),
            documentRecord('manifest.json', [{ Config: 'c.json', Layers: list }]),
          ]),
        );
        await readsOrSaysWhy(tar([documentRecord('index.json', { manifests: index })]));
      }),
    );
  });

  it('cannot send the reader in circles with links', async () => {
    const config = documentRecord('c.json', { rootfs: { diff_ids: [`sha256:${sha256('')}`] } });
    const bytes = tar([
      config,
      { name: 'a', flag: '2', linkName: 'b' },
      { name: 'b', flag: '2', linkName: 'a' },
      documentRecord('manifest.json', [{ Config: 'c.json', Layers: ['a'] }]),
    ]);
    await expect(readDockerSave(Readable.from([bytes], { objectMode: true }))).rejects.toMatchObject({
      message: expect.stringContaining('layer 0 (a) is missing'),
    });
  });

  it.each([8, 10_000])('cannot nest an index %i deep', async (depth) => {
    const index = 'application/vnd.oci.image.index.v1+json';
    const level = (manifests: readonly object[]) => Buffer.from(JSON.stringify({ manifests }));
    const blobs: Buffer[] = [level([])];
    for (let i = 0; i < depth; i++) {
      const below = blobs[i] ?? Buffer.alloc(0);
      blobs.push(level([{ mediaType: index, digest: `sha256:${sha256(below)}`, size: below.length }]));
    }
    const top = blobs.at(-1) ?? Buffer.alloc(0);
    const records = blobs.map((body) => ({ name: `blobs/sha256/${sha256(body)}`, body }));
    const bytes = tar([
      ...records,
      documentRecord('index.json', {
        manifests: [{ mediaType: index, digest: `sha256:${sha256(top)}`, size: top.length }],
      }),
    ]);
    await expect(readDockerSave(Readable.from([bytes], { objectMode: true }))).rejects.toMatchObject({
      exitCode: 3,
      message: expect.stringContaining('nest too deep'),
    });
  });
});

describe('parseImageConfig', () => {
  const parse = (value: unknown) => parseImageConfig(Buffer.from(JSON.stringify(value)), 'the config x');

  it('reads names that JavaScript knows otherwise', () => {
    expect(parse({ config: { Labels: { constructor: 'a', toString: 'b' } } }).config.labels).toEqual({
      constructor: 'a',
      toString: 'b',
    });
  });

  it.each([
    [{ config: { Env: 'A=b' } }, '"config.Env"'],
    [{ config: { Cmd: [1] } }, '"config.Cmd.0"'],
    [{ rootfs: { diff_ids: ['sha256:xyz'] } }, '"rootfs.diff_ids.0": is not a sha256 digest'],
    [{ history: [null] }, '"history.0"'],
    [[], 'expected object'],
  ])('refuses %j and says where', (value, problem) => {
    expect(() => parse(value)).toThrow(
      expect.objectContaining({ name: 'UserError', exitCode: 3, message: expect.stringContaining(problem) }),
    );
  });

  it('refuses more than 8 MiB', () => {
    expect(() => parse({ author: 'x'.repeat(8 * 1024 * 1024) })).toThrow('larger than 8388608 bytes');
  });
});
