import type { Random } from './random.ts';

/** One to four changes that know nothing of what the bytes mean. */
export function mutateBytes(input: Buffer, other: Buffer, random: Random): Buffer {
  let bytes: Buffer = Buffer.from(input);
  for (let left = 1 + random.int(4); left > 0; left--) bytes = random.pick(changes)(bytes, other, random);
  return bytes;
}

type Change = (bytes: Buffer, other: Buffer, random: Random) => Buffer;

const changes: readonly Change[] = [
  (bytes, _, random) => poke(bytes, random, () => random.int(256)),
  (bytes, _, random) => poke(bytes, random, (byte) => byte ^ (1 << random.int(8))),
  (bytes, _, random) => poke(bytes, random, () => random.pick([0, 0x20, 0x2f, 0x30, 0x37, 0x7f, 0x80, 0xff])),
  (bytes, _, random) => bytes.subarray(0, random.int(bytes.length + 1)),
  (bytes, _, random) => {
    const [start, end] = range(bytes, random);
    return Buffer.concat([bytes.subarray(0, start), bytes.subarray(end)]);
  },
  (bytes, _, random) => {
    const [start, end] = range(bytes, random);
    return Buffer.concat([bytes.subarray(0, end), bytes.subarray(start)]);
  },
  (bytes, other, random) => {
    const [start, end] = range(other, random);
    const at = random.int(bytes.length + 1);
    return Buffer.concat([bytes.subarray(0, at), other.subarray(start, end), bytes.subarray(at)]);
  },
];

function poke(bytes: Buffer, random: Random, change: (byte: number) => number): Buffer {
  if (bytes.length === 0) return bytes;
  const at = random.int(bytes.length);
  bytes[at] = change(bytes[at] ?? 0);
  return bytes;
}

function range(bytes: Buffer, random: Random): readonly [number, number] {
  const start = random.int(bytes.length + 1);
  return [start, Math.min(bytes.length, start + random.int(random.chance(0.5) ? 16 : 2048))];
}
