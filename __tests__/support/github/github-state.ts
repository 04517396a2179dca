/** Who a token speaks for and what it may do; `viewer` is the login that GraphQL gives, null where it cannot be asked. */
export type Grant = Account & {
  readonly permissions: Readonly<Partial<Record<Permission, 'read' | 'write'>>>;
  readonly viewer?: string | null;
};
export type Account = { readonly login: string; readonly type: 'User' | 'Bot' };
export type Permission = 'pull-requests' | 'actions' | 'contents';

export type Comment = { readonly id: number; readonly pull: number; readonly author: Account; body: string };
export type PullRequest = {
  readonly number: number;
  head: string;
  readonly base: string;
  locked?: boolean;
  readonly files?: readonly File[];
};
export type File = {
  readonly path: string;
  readonly status: 'added' | 'removed' | 'modified' | 'renamed';
  readonly previousPath?: string;
  readonly patch?: string;
};
export type CacheEntry = { readonly ref: string; readonly key: string };
export type Run = {
  readonly id: number;
  readonly branch: string;
  readonly commit: string;
  readonly event?: string;
  readonly conclusion?: string;
  /** `.github/workflows/image.yml` unless given. */
  readonly path?: string;
  /** Of a fork. */
  readonly isForeign?: boolean;
};
export type Artifact = {
  readonly id: number;
  readonly run: number;
  readonly name: string;
  readonly expired?: boolean;
  /** Where its archive can be fetched. */
  readonly address?: string;
};

/** What a workflow's own token is. */
export const actionsBot: Account = { login: 'github-actions[bot]', type: 'Bot' };

/** All that the fake GitHub remembers of its one repository. */
export class GitHubState {
  readonly repository: { readonly owner: string; readonly name: string };
  readonly tokens: Map<string, Grant>;
  readonly pulls: Map<number, PullRequest>;
  readonly caches: CacheEntry[];
  /** Newest first, as GitHub lists them. */
  readonly runs: Run[];
  readonly artifacts: Artifact[];
  /** Whether what a list is asked for narrows it down, as it does at GitHub. */
  readonly filtersRuns: boolean;
  comments: Comment[] = [];
  bodyLimitBytes: number;
  #lastId = 1000;

  constructor(options: StateOptions) {
    this.repository = options.repository ?? { owner: 'octo', name: 'shop' };
    this.tokens = new Map(Object.entries(options.tokens));
    this.pulls = new Map((options.pulls ?? []).map((pull) => [pull.number, { ...pull }]));
    this.caches = [...(options.caches ?? [])];
    this.runs = [...(options.runs ?? [])];
    this.artifacts = [...(options.artifacts ?? [])];
    this.filtersRuns = options.filtersRuns ?? true;
    // Measured: the message says 65536 characters, what is counted is four times that in bytes.
    this.bodyLimitBytes = options.bodyLimitBytes ?? 262_144;
  }

  addComment(comment: { readonly pull: number; readonly author?: Account; readonly body: string }): Comment {
    this.#lastId += 1;
    const { author = actionsBot, ...rest } = comment;
    const added = { id: this.#lastId, author: { login: author.login, type: author.type }, ...rest };
    this.comments.push(added);
    return added;
  }

  removeComment(id: number): boolean {
    const before = this.comments.length;
    this.comments = this.comments.filter((comment) => comment.id !== id);
    return this.comments.length < before;
  }

  commentsOf(pull: number): readonly Comment[] {
    return this.comments.filter((comment) => comment.pull === pull);
  }

  isTooLong(body: string): boolean {
    return Buffer.byteLength(body) > this.bodyLimitBytes;
  }
}

export type StateOptions = {
  readonly repository?: { readonly owner: string; readonly name: string };
  readonly tokens: Readonly<Record<string, Grant>>;
  readonly pulls?: readonly PullRequest[];
  readonly caches?: readonly CacheEntry[];
  readonly runs?: readonly Run[];
  readonly artifacts?: readonly Artifact[];
  readonly filtersRuns?: boolean;
  readonly bodyLimitBytes?: number;
};
