import type { Delta } from '../../compare/delta.ts';
import { type LineChange, lineChanges } from '../../compare/line-changes.ts';
import { formatBytes } from '../format-bytes.ts';
import type { ImageReport, WeighedPlatform } from '../report.ts';
import { summariseChanges } from './changes.ts';
import { count } from './count.ts';
import { rebuildNoise } from './rebuild-noise.ts';
import { shorten } from './shorten.ts';

/** Where the line stands that did most: in a file, or in the image where nobody knows the file. */
export type LeadPlace = { readonly file: string; readonly line: number } | { readonly name: string };

/** One sentence on the change of the unpacked size, in pieces: `total`, `link`, then who did it. */
export type LeadChange = {
  readonly total: string;
  /** What joins the total and the one who did most; all there is to say where that is nobody. */
  readonly link: string;
  readonly place?: LeadPlace;
  /** As it stands in the Dockerfile or the history, shortened. */
  readonly instruction?: string;
  readonly after: string;
};

/** The place as a person writes it: `Dockerfile:14`, `layer 3`. */
export function placeName(place: LeadPlace): string {
  return 'file' in place ? `${place.file}:${place.line}` : place.name;
}

type Part = { readonly bytes: number; readonly line: LineChange | undefined };
type Known = { readonly delta: Delta; readonly baseLine: number | undefined; readonly dockerfile: string | undefined };

const instructionLength = 72;

/** What the headline says of a change: by how much, and the one line that did most. Undefined where nothing did but digests. */
export function leadChange(
  { delta, base }: Pick<WeighedPlatform, 'delta' | 'base'>,
  { dockerfile }: Pick<ImageReport, 'dockerfile'>,
): LeadChange | undefined {
  if (delta === undefined || summariseChanges(delta).isEmpty || rebuildNoise(delta) !== undefined) return undefined;
  const total = `${signed(delta.unpackedBytes)} unpacked`;
  const most = mostOf(delta);
  if (most === undefined) return { total, link: `: ${sameSize(delta)}`, after: '.' };
  const rest = delta.unpackedBytes - most.bytes;
  const isPart = Math.sign(rest) !== -Math.sign(most.bytes);
  const share = rest === 0 ? 'all of it' : `of it ${signed(most.bytes)}`;
  const { after, ...maker } = describePart(most, { delta, baseLine: base.line, dockerfile });
  return {
    total,
    link: isPart ? `, ${share} by ` : `: ${signed(most.bytes)} by `,
    ...maker,
    after: `${after}${isPart ? '' : `, ${signed(rest)} by the rest`}.`,
  };
}

/** The part that did most in the direction in which the whole went; of parts that cancel each other out the largest. */
function mostOf(delta: Delta): Part | undefined {
  const isSplit = delta.base !== null;
  const lines = lineChanges(delta.layers).filter(({ origin }) => !isSplit || origin !== 'base');
  const ofBase: Part[] = delta.base === null ? [] : [{ bytes: delta.base.unpackedBytes, line: undefined }];
  const parts = [...lines.map((line): Part => ({ bytes: line.bytes, line })), ...ofBase];
  const direction = Math.sign(delta.unpackedBytes);
  const weigh = ({ bytes }: Part): number => (direction === 0 ? Math.abs(bytes) : bytes * direction);
  return parts.filter((part) => weigh(part) > 0).sort((one, other) => weigh(other) - weigh(one))[0];
}

function describePart({ line }: Part, known: Known): Omit<LeadChange, 'total' | 'link'> {
  if (line === undefined) return describeBase(known);
  const instruction = shorten(line.instruction, instructionLength).replaceAll('`', "'");
  const place = line.kind === 'removed' ? undefined : placeOf(line, known);
  return {
    ...(place === undefined ? {} : { place }),
    ...(instruction === '' ? {} : { instruction }),
    after: afterwards[line.kind],
  };
}

const afterwards: Readonly<Record<LineChange['kind'], string>> = {
  added: ' (new)',
  removed: ' (removed)',
  changed: '',
  edited: ' (edited)',
};

/** A base that was replaced was so by a line of this Dockerfile. */
function describeBase({ delta, baseLine, dockerfile }: Known): Omit<LeadChange, 'total' | 'link'> {
  if (delta.baseChange !== 'replaced')
    return { after: `the base image${delta.baseChange === 'moved' ? ' (moved)' : ''}` };
  if (baseLine === undefined || dockerfile === undefined) return { after: 'the base image (replaced)' };
  return { place: { file: dockerfile, line: baseLine }, after: ', which replaced the base image' };
}

/** Where nobody built the image there is no Dockerfile to name: then it is the layer of the image. */
function placeOf({ line, headPosition }: LineChange, { dockerfile }: Known): LeadPlace | undefined {
  if (line !== undefined) return dockerfile === undefined ? { name: `line ${line}` } : { file: dockerfile, line };
  return headPosition === undefined ? undefined : { name: `layer ${headPosition}` };
}

/** What changed where no byte more or less is held. */
function sameSize(delta: Delta): string {
  const layers = lineChanges(delta.layers).length;
  const parts = [
    layers === 0 ? '' : `${count(layers, 'layer')} with other content`,
    delta.config.length === 0 ? '' : `${count(delta.config.length, 'setting')} changed`,
  ].filter((part) => part !== '');
  return parts.length === 0 ? 'the same layers' : parts.join(', ');
}

function signed(bytes: number): string {
  return formatBytes(bytes, { sign: true });
}
