import type { LineRange } from '../dockerfile/stage-graph.ts';

/** One vertex of BuildKit's graph as it ran. */
export type BuildStep = {
  /** Vertex digest: an identity within one build only (facts: local contexts are keyed by session). */
  readonly vertex: string;
  /** As BuildKit names it, expanded: `[test 3/4] RUN go test ./...`. Comes from outside: escape before printing. */
  readonly name: string;
  /** Which part of a build the vertex is; only `instruction` has a Dockerfile line. */
  readonly kind: 'instruction' | 'metadata' | 'auth' | 'context' | 'cache' | 'export' | 'other';
  /** Index of the stage in the StageGraph; absent for steps that belong to none. */
  readonly stageIndex?: number;
  /** Dockerfile text of the instruction, never the vertex name. */
  readonly instruction?: string;
  readonly lines?: LineRange;
  readonly cached: boolean;
  /** False when the vertex was announced but never started (pruned by cache or by a failure elsewhere). */
  readonly ran: boolean;
  readonly durationMs: number;
  readonly error?: string;
};

/** Why a build did not end in an image. */
export type BuildFailure = {
  /** `dockerfile`: the Dockerfile or its commands are at fault (exit 1). `infrastructure`: we could not judge (exit 3). */
  readonly fault: 'dockerfile' | 'infrastructure';
  /** One sentence: what failed, where, how. Comes from outside in part: escape before printing. */
  readonly message: string;
  /** What to do, where we know it. */
  readonly hint?: string;
  readonly step?: BuildStep;
  readonly lines?: LineRange;
  /** Exit code of the RUN command, where one failed. */
  readonly exitCode?: number;
  /** Last lines of the failing step's output, oldest first, workflow commands not yet broken. */
  readonly log: readonly string[];
};

/** From provenance: after this step the filesystem is this chain of layers. The last one is the step's own. */
export type StepLayers = {
  /** Blob digests (containerd, OCI) or diff IDs (classic store), base first; empty where BuildKit left them out. */
  readonly chain: readonly string[];
  /** How many layers there are then: the chain's length where it is known. */
  readonly depth: number;
  /** Lines of the instruction; a FROM step has those of its FROM. */
  readonly lines: readonly LineRange[];
  /** True for the step that pulled an external image. */
  readonly isImage: boolean;
};

/** What BuildKit's provenance says of layers and bases; only of builds that succeeded. */
export type BuildProvenance = {
  readonly steps: readonly StepLayers[];
  /** Images that the build used, as `pkg:docker/…` resolved, with their digest. */
  readonly materials: readonly { readonly reference: string; readonly digest?: string; readonly platform?: string }[];
};

/** Where the built image's bytes are. */
export type BuiltImage =
  | { readonly kind: 'oci-layout'; readonly directory: string }
  | { readonly kind: 'docker-daemon'; readonly imageId: string };

/** One `docker buildx build`, from start to end. */
export type BuildRecord = {
  /** Target as given to buildx; absent for the default target. */
  readonly target?: string;
  readonly status: 'built' | 'failed';
  readonly durationMs: number;
  /** In the order in which BuildKit started them. */
  readonly steps: readonly BuildStep[];
  readonly failure?: BuildFailure;
  readonly provenance?: BuildProvenance;
  readonly image?: BuiltImage;
  /** What a reader should know besides: sentences. */
  readonly notes?: readonly string[];
};

/** The builder that the user selected, as it described itself. */
export type Builder = {
  readonly name: string;
  readonly driver: string;
  /** Image store of the docker driver; absent for the others. */
  readonly store?: 'classic' | 'containerd';
  readonly buildkit: string;
  readonly buildx: string;
  readonly nodes: number;
  /** Can write `type=oci,tar=false`: everything but the classic store. */
  readonly exportsOci: boolean;
  /** Can take several `--output` in one build. */
  readonly severalOutputs: boolean;
  /** `os/arch[/variant]` that it builds for when none is asked for; absent when it did not say. */
  readonly platform?: string;
  /** The docker driver's: context of the Docker command line whose daemon it is, when it is not the selected one. */
  readonly dockerContext?: string;
};
