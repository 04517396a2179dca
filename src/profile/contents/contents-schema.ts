import { z } from 'zod';

const maybe = z.exactOptional;
const number = z.int().nonnegative();

/** The longest list that is believed of a stored report; `--top` may ask for more than is useful. */
const mostRows = 10_000;

const place = {
  path: z.string(),
  layer: number.describe('The layer that gave it.'),
};

/** How many there are, and the first of them. */
function cut<Row extends z.ZodType>(row: Row) {
  return z.object({ count: number, list: z.array(row).max(mostRows) });
}

export const leftoverKinds = [
  'package-lists',
  'package-cache',
  'other-cache',
  'bytecode',
  'tests',
  'version-control',
  'source-maps',
  'logs',
  'temporary-files',
  'toolchain',
  'headers',
] as const;

export const leftoverSchema = z.object({
  kind: z.enum(leftoverKinds),
  path: z.string().describe('The folder that all of it lies in.'),
  bytes: number,
  files: number,
  layer: number.describe('The layer that left it.'),
  line: maybe(z.int().positive()).describe('Of the Dockerfile, where the layer has one.'),
});

const permittedSchema = z.object({
  ...place,
  type: z.enum(['file', 'directory']),
  mode: z.int().min(0).max(0o7777),
  uid: number,
  gid: number,
});

/** What is in an image besides its sizes. Lists are cut, each says how many there are; bytes are those of visible bodies, each once. */
export const contentsSchema = z.object({
  users: cut(z.object({ name: z.string(), uid: number, gid: number, home: z.string(), shell: z.string() })).describe(
    'Of /etc/passwd, in its order.',
  ),
  groups: cut(z.object({ name: z.string(), gid: number, members: z.array(z.string()).max(mostRows) })).describe(
    'Of /etc/group, in its order.',
  ),
  setuid: cut(permittedSchema).describe('Regular files with setuid or setgid, sorted by path.'),
  worldWritable: cut(permittedSchema).describe(
    'Files that everybody may write, and directories without the sticky bit that everybody may; sorted by path.',
  ),
  architectures: z
    .array(z.object({ architecture: z.string(), count: number, bytes: number }))
    .max(mostRows)
    .describe('Of all binaries, most bytes first.'),
  binaries: cut(
    z.object({
      ...place,
      bytes: number,
      architecture: z.string().describe('As GOARCH has it.'),
      kind: z.enum(['program', 'library', 'object', 'other']),
      interpreter: maybe(z.string()).describe('The loader that it asks for.'),
      needed: maybe(z.array(z.string()).max(mostRows)).describe(
        'Libraries that it asks for; absent when that could not be read.',
      ),
    }),
  ).describe('ELF files, largest first.'),
  scripts: cut(
    z.object({ ...place, bytes: number, interpreter: z.string().describe('What stands behind #!.') }),
  ).describe('Executable files that begin with #!, largest first.'),
  directories: z
    .array(z.object({ path: z.string(), bytes: number, files: number }))
    .max(mostRows)
    .describe(
      'Largest first, with all that lies below. One that has nearly all its bytes in one directory below it gives way to that.',
    ),
  leftovers: z.object({
    bytes: number,
    count: number,
    list: z.array(leftoverSchema).max(mostRows).describe('By kind, folder and layer; largest first.'),
  }),
  notes: z.array(z.string()).max(mostRows).describe('What could not be read, and why.'),
});

export type Contents = z.infer<typeof contentsSchema>;
export type Leftover = z.infer<typeof leftoverSchema>;
export type LeftoverKind = Leftover['kind'];
