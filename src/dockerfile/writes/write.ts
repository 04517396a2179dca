import type { Instruction, Source } from '../stage-graph.ts';

/** What an instruction may do to the files of its stage. Holds values of build arguments: never show it. */
export type Write = RunWrite | CopyWrite;

/** A command may write anywhere but where something is mounted: what lands there is not kept. */
export type RunWrite = {
  readonly kind: 'run';
  readonly instruction: Instruction;
  readonly mounts: readonly string[];
  /** The commands are known to write nothing but what their package managers and account files hold. */
  readonly isQuiet: boolean;
  /** The command may make a link, behind which a later path means another place. */
  readonly mayLink: boolean;
};

/** COPY and ADD. */
export type CopyWrite = {
  readonly kind: 'copy';
  readonly instruction: Instruction;
  /** Undefined for the build context. */
  readonly from: Source | undefined;
  readonly sources: readonly CopySource[];
  /** Normal path; undefined where only the base image or the builder's environment knows it. */
  readonly dest: string | undefined;
  /** Written with a slash at its end: a folder, whatever stands there. */
  readonly isFolder: boolean;
  /** Sources keep their parent folders. */
  readonly keepsParents: boolean;
  /** With --exclude: some of a source may be left out. */
  readonly isPartial: boolean;
  /** ADD: a source may be an archive, which is unpacked. */
  readonly unpacks: boolean;
};

export type CopySource =
  /** From the root of what is copied from; wildcards as written, and `pivot` components before the `/./` of --parents. */
  | { readonly kind: 'path'; readonly path: string; readonly pivot: number }
  /** A heredoc: the Dockerfile itself holds the file. */
  | { readonly kind: 'text'; readonly name: string }
  /** An address, or a path that is not known. */
  | { readonly kind: 'unknown' };
