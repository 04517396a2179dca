import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { digestFromHex } from '../../../src/image/digest.ts';
import { Authorizer } from '../../../src/image/registry/authorizer.ts';
import { downloadBlob } from '../../../src/image/registry/download-blob.ts';
import {
  type Exchange,
  type FakeEffects,
  FakeRegistry,
  fakeEffects,
  hasty,
  refuse,
} from '../../support/fake-registry.ts';
import { sha256 } from '../../support/image-builder.ts';

const bytes = randomBytes(300_000);
const blob = { digest: digestFromHex(sha256(bytes)), size: bytes.length };

let registry: FakeRegistry;
let effects: FakeEffects;
beforeEach(async () => {
  registry = new FakeRegistry();
  effects = fakeEffects();
  await registry.start();
  registry.stored.set(`app/blobs/${blob.digest}`, { contentType: 'application/octet-stream', bytes });
});
afterEach(() => registry.stop());

function download({ signal = new AbortController().signal, patience = hasty, wanted = blob } = {}) {
  const repository = { host: registry.host, base: new URL(`http://${registry.host}`), name: 'app' };
  const session = { repository, authorizer: new Authorizer(repository, effects), effects, patience, plainHttp: false };
  return downloadBlob(session, wanted, signal);
}

async function collect(chunks: AsyncIterable<Buffer>): Promise<Buffer> {
  const all: Buffer[] = [];
  for await (const chunk of chunks) all.push(Buffer.from(chunk));
  return Buffer.concat(all);
}

/** Breaks off after so many bytes of what is left, `times` times. */
function cutting(after: number, times: number, how: (exchange: Exchange) => void) {
  let cuts = 0;
  return (exchange: Exchange) => {
    if (cuts++ >= times) return exchange.serve();
    const { request, response } = exchange;
    const start = Number(/=(\d+)-/.exec(request.headers.range ?? '')?.[1] ?? 0);
    const left = bytes.length - start;
    response.writeHead(start === 0 ? 200 : 206, {
      'content-length': left,
      ...(start === 0 ? {} : { 'content-range': `bytes ${start}-${bytes.length - 1}/${bytes.length}` }),
    });
    response.write(bytes.subarray(start, start + after), () => setTimeout(() => how(exchange), 20));
  };
}

const cut = ({ request }: Exchange) => void request.socket.destroy();
const stall = () => {};

describe('downloadBlob', () => {
  it('gives the bytes', async () => {
    expect((await collect(download())).equals(bytes)).toBe(true);
    expect(registry.asked).toHaveLength(1);
  });

  it.each([
    ['broken', cut],
    ['stalled', stall],
  ])('goes on with a %s transfer where it stopped', async (_, how) => {
    const ranges: (string | undefined)[] = [];
    const fault = cutting(90_000, 3, how);
    registry.fault = (exchange) => {
      ranges.push(exchange.request.headers.range);
      fault(exchange);
    };
    expect((await collect(download())).equals(bytes)).toBe(true);
    expect(ranges).toEqual([undefined, 'bytes=90000-', 'bytes=180000-', 'bytes=270000-']);
    expect(effects.pauses).toEqual([1000, 2000, 4000]);
  });

  it.each([
    ['broken', cut, /^The connection to 127.0.0.1:\d+ broke \(.+\) \(tried 4 times\)$/],
    ['stalled', stall, /^127.0.0.1:\d+ sent nothing for 1 s \(tried 4 times\)$/],
  ])('gives up on a transfer that is %s a fourth time', async (_, how, message) => {
    registry.fault = cutting(10, 99, how);
    await expect(collect(download())).rejects.toMatchObject({
      name: 'UserError',
      exitCode: 3,
      message: expect.stringMatching(message),
    });
    expect(registry.asked).toHaveLength(4);
  });

  it('loses no more time than it may in all', async () => {
    registry.fault = cutting(10, 99, stall);
    const started = Date.now();
    await expect(collect(download({ patience: { ...hasty, stallMs: 1000, lostMs: 300 } }))).rejects.toMatchObject({
      message: expect.stringContaining('sent nothing'),
    });
    expect(Date.now() - started).toBeLessThan(900);
  });

  it('takes a drip for a stall', async () => {
    registry.fault = ({ response }) => {
      response.writeHead(200, { 'content-length': bytes.length });
      const timer = setInterval(() => response.write('x'), 10);
      response.on('close', () => clearInterval(timer));
    };
    const patience = { ...hasty, leastBytes: 1000, retries: 0 };
    await expect(collect(download({ patience }))).rejects.toMatchObject({
      message: expect.stringContaining('sent nothing'),
    });
  });

  it('skips what it has where the server ignores Range', async () => {
    const fault = cutting(90_000, 1, cut);
    registry.fault = (exchange) => {
      delete exchange.request.headers.range;
      fault(exchange);
    };
    expect((await collect(download())).equals(bytes)).toBe(true);
    expect(registry.asked).toHaveLength(2);
  });

  it.each([
    ['another start', 'bytes 0-299999/300000', 'sends other bytes'],
    ['none', '', 'sends other bytes'],
    ['another size', 'bytes 90000-299999/300001', 'has another size'],
    ['an end beyond the end', 'bytes 90000-300000/300001', 'has another size'],
  ])('refuses a Content-Range of %s', async (_, range, message) => {
    const fault = cutting(90_000, 1, cut);
    registry.fault = (exchange) => {
      if (exchange.request.headers.range === undefined) return fault(exchange);
      exchange.response.writeHead(206, { 'content-range': range }).end(bytes.subarray(90_000));
    };
    await expect(collect(download())).rejects.toMatchObject({ exitCode: 3, message: expect.stringContaining(message) });
  });

  it('refuses a blob that is shorter than promised', async () => {
    registry.fault = ({ request, response }) => {
      if (request.headers.range === undefined) response.writeHead(200).end(bytes.subarray(0, 1000));
      else refuse(response, 416, 'UNKNOWN');
    };
    await expect(collect(download())).rejects.toMatchObject({ message: expect.stringContaining('has fewer bytes') });
  });

  it('refuses another length before the first byte', async () => {
    const wanted = { ...blob, size: bytes.length - 1 };
    await expect(collect(download({ wanted }))).rejects.toMatchObject({
      exitCode: 3,
      message: expect.stringContaining('sends another number of bytes'),
    });
  });

  it('cuts a body without end at the promised length', async () => {
    registry.fault = ({ response }) => {
      response.writeHead(200);
      const more = () => void (response.destroyed || response.write(Buffer.alloc(65_536), more));
      more();
    };
    let received = 0;
    const reading = (async () => {
      for await (const chunk of download()) received += chunk.length;
    })();
    await expect(reading).rejects.toMatchObject({
      exitCode: 3,
      message: expect.stringContaining('sends more than the 300000 bytes'),
    });
    expect(received).toBeLessThanOrEqual(bytes.length);
  });

  it('says that a blob is missing', async () => {
    registry.stored.clear();
    await expect(collect(download())).rejects.toMatchObject({
      exitCode: 3,
      message: expect.stringContaining('does not have a blob that the manifest lists'),
    });
  });

  it('reads no faster than its reader', async () => {
    let written = 0;
    const size = 64 * 1024 * 1024;
    registry.fault = ({ response }) => {
      response.writeHead(200, { 'content-length': size });
      const more = () => {
        written += 65_536;
        if (written <= size && !response.destroyed) response.write(Buffer.alloc(65_536), more);
      };
      more();
    };
    const stop = new AbortController();
    for await (const _ of download({ wanted: { ...blob, size }, signal: stop.signal })) {
      await new Promise((resolve) => setTimeout(resolve, 500));
      break;
    }
    expect(written).toBeLessThan(size / 2);
  });

  it('does not take a slow reader for a slow server', async () => {
    const chunks: Buffer[] = [];
    for await (const chunk of download()) {
      chunks.push(Buffer.from(chunk));
      if (chunks.length === 1) await new Promise((resolve) => setTimeout(resolve, 400));
    }
    expect(Buffer.concat(chunks).equals(bytes)).toBe(true);
    expect(registry.asked).toHaveLength(1);
  });

  it('stops when it is told to', async () => {
    const stop = new AbortController();
    registry.fault = cutting(1000, 9, () => stop.abort());
    await expect(collect(download({ signal: stop.signal }))).rejects.toMatchObject({ name: 'AbortError' });
    expect(registry.asked).toHaveLength(1);
  });
});
