import type { Write } from './writes/write.ts';

/** Lines of a file, counted from 1, both ends included. */
export type LineRange = { readonly start: number; readonly end: number };

/** Where a stage, a `COPY --from` or a mount takes its files from, after every rule of BuildKit's resolution. */
export type Source =
  | { readonly kind: 'stage'; readonly index: number }
  | { readonly kind: 'image'; readonly reference: string }
  | { readonly kind: 'context'; readonly name: string; readonly value: string }
  | { readonly kind: 'scratch' };

/** One dependency of a stage. `from` is its base; `copy` and `mount` name where files come from during its build. */
export type StageEdge = {
  readonly by: 'from' | 'copy' | 'mount';
  readonly source: Source;
  readonly line: number;
};

export type Instruction = {
  /** Upper case: `RUN`, `COPY`, … */
  readonly keyword: string;
  /** As written, continuation lines joined by one space, comments dropped; a heredoc keeps its first line only. */
  readonly text: string;
  readonly lines: LineRange;
};

export type Stage = {
  /** Position in the file, from 0. */
  readonly index: number;
  /** Lower case, as BuildKit knows it; absent when the stage has no name. */
  readonly name?: string;
  /** From the FROM line to the last line before the next FROM's instruction that belongs to this stage. */
  readonly lines: LineRange;
  /** The FROM instruction itself; set by `readDockerfile`. */
  readonly from?: Instruction;
  /** The base as the Dockerfile writes it, before expansion. */
  readonly baseAsWritten: string;
  readonly base: Source;
  readonly platform?: string;
  /** Instructions after FROM, in file order. */
  readonly instructions: readonly Instruction[];
  readonly edges: readonly StageEdge[];
  /** What ONBUILD in the base stage puts before this stage's own: `ONBUILD RUN …` with the keyword RUN, on the lines of FROM. */
  readonly triggers?: readonly Instruction[];
  /** What its instructions may write, triggers first; set by `readDockerfile`. Holds values of build arguments. */
  readonly writes?: readonly Write[];
  /** Set when a build context of the same name replaces this whole stage: the context's name as the user gave it. */
  readonly replacedBy?: string;
};

/** Something in the Dockerfile that works but surely not as meant; `remedy` is the line to add or change. */
export type DockerfileWarning = {
  readonly kind: 'unused-build-arg' | 'from-arg-not-global';
  readonly line?: number;
  readonly message: string;
  readonly remedy: string;
};

/** The stages of a Dockerfile and what they take from each other. */
export type StageGraph = {
  /** Path as the user would write it, for messages. */
  readonly file: string;
  readonly text: string;
  readonly stages: readonly Stage[];
  /** BuildKit's default target: the last stage. */
  readonly defaultTarget: number;
  /** The `# syntax=` reference, when there is one. */
  readonly syntax?: string;
  /** BuildKit leaves the stage's name out of its vertex names: one stage, no `COPY --from=IMAGE` and no mount. */
  readonly isOnlyState?: boolean;
  readonly warnings: readonly DockerfileWarning[];
};

/** A Dockerfile in a language that only its own frontend knows: BuildKit decides everything. */
export type ForeignDockerfile = { readonly file: string; readonly text: string; readonly syntax: string };

/** What BuildKit would refuse, said before anything is built. */
export type Refusal = { readonly line?: number; readonly message: string; readonly remedy: string };

export type DockerfileReading =
  | { readonly kind: 'graph'; readonly graph: StageGraph }
  | { readonly kind: 'foreign'; readonly dockerfile: ForeignDockerfile }
  | { readonly kind: 'refused'; readonly refusals: readonly [Refusal, ...Refusal[]] };
