import { parentOf } from '../../image/image-path.ts';
import type { FileNode, RootFilesystem } from '../../image/root-filesystem.ts';
import type { Lists } from '../lists.ts';
import type { ProfileLayer } from '../profile.ts';
import { Binaries } from './binaries.ts';
import type { Contents } from './contents-schema.ts';
import { FirstNames } from './first-names.ts';
import { LargestDirectories } from './largest-directories.ts';
import { Leftovers } from './leftovers.ts';
import { PermissionLists } from './permissions.ts';
import { Unread } from './unread.ts';
import { listGroups, listUsers } from './users-and-groups.ts';

/** Looks at every name of a root filesystem once, in the order in which it lists them. */
export class ContentsSurvey {
  readonly #filesystem: RootFilesystem;
  readonly #top: number;
  readonly #firstNames: FirstNames;
  readonly #directories: LargestDirectories;
  readonly #binaries: Binaries;
  readonly #leftovers = new Leftovers();
  readonly #permissions = new PermissionLists();
  readonly #unread = new Unread();

  /** `top` bounds the lists that are sorted by size. */
  constructor(filesystem: RootFilesystem, { top }: Pick<Lists, 'top'>) {
    this.#filesystem = filesystem;
    this.#top = top;
    this.#firstNames = new FirstNames(filesystem.files);
    this.#directories = new LargestDirectories(top);
    this.#binaries = new Binaries(top);
  }

  /** Takes the next name. */
  add(node: FileNode): void {
    this.#permissions.add(node);
    if (node.body === null || !this.#firstNames.isFirst(node)) return;
    const { path, body } = node;
    const { bytes } = body.entry;
    this.#directories.add(parentOf(path), bytes);
    this.#leftovers.add(path, { layer: body.layer, bytes });
    if (body.entry.facts === undefined) return;
    this.#binaries.add(path, body);
    this.#unread.add(node);
  }

  /** What was seen; `notes` of others stand behind its own. */
  finish(layers: readonly ProfileLayer[], notes: readonly string[]): Contents {
    return {
      users: listUsers(this.#filesystem),
      groups: listGroups(this.#filesystem),
      ...this.#permissions.finish(),
      ...this.#binaries.finish(),
      directories: this.#directories.finish(),
      leftovers: this.#leftovers.finish(this.#top, layers),
      notes: [...this.#unread.notes(this.#filesystem), ...notes],
    };
  }
}
