import type { z } from 'zod';
import type { Delta } from '../compare/delta.ts';
import type { StageGraph } from '../dockerfile/stage-graph.ts';
import type { RootFilesystem } from '../image/root-filesystem.ts';
import type { Profile } from '../profile/profile.ts';
import type { TestReport } from '../report/report.ts';
import type { Check, Finding } from './finding.ts';
import type { RulePage } from './rule-page.ts';

/** What a rule may look at, by what it says it needs. The gate hands over only what exists. */
export type Subjects = {
  /** The Dockerfile was read; `graph` is undefined under a foreign syntax. */
  dockerfile: { readonly file: string; readonly graph: StageGraph | undefined };
  /** A test target was asked for, or is absent. */
  test: { readonly test: TestReport | undefined; readonly dockerfile: string };
  /** The final image was built and read. `delta` is undefined without a baseline, with `noDelta` saying why. */
  image: {
    readonly profile: Profile;
    readonly filesystem: RootFilesystem;
    readonly dockerfile: string;
    readonly delta: Delta | undefined;
    readonly noDelta: string | undefined;
  };
  /** Two profiles were, or would have been, compared; `dockerfile` is undefined where nobody knows the head's. */
  comparison: {
    readonly profile: Profile;
    readonly dockerfile: string | undefined;
    readonly delta: Delta | undefined;
    readonly noDelta: string | undefined;
  };
};

export type Need = keyof Subjects;

/** What a rule found; severity, waiver and newness are added by `judge`. */
export type RawFinding = Omit<Finding, 'rule' | 'severity' | 'isNew' | 'waiver'>;

/** `cannotJudge` is for what we could not find out (exit 3), never for a fault of the image. */
export type RuleResult = {
  readonly findings: readonly RawFinding[];
  readonly statement: string;
  readonly measure?: NonNullable<Check['measure']>;
  readonly cannotJudge?: { readonly hint: string };
};

export type RuleSeverity = 'error' | 'warning' | 'off';

/** A rule as one run applies it; `options` were validated by the rule's own schema. */
export type RuleSetting = { readonly severity: RuleSeverity; readonly options: unknown };

/** One named check. To add one: the file, its page in `policy/pages`, its test; `npm run docs` does the rest. */
export type Rule<N extends Need = Need, O extends z.ZodObject = z.ZodObject> = {
  /** Config key, docs page, test name and SARIF rule id. */
  readonly id: string;
  readonly summary: string;
  /** Severity without any config. */
  readonly severity: RuleSeverity;
  readonly needs: N;
  /** Options may be read twice, so the schema transforms nothing. Each option has a description. */
  readonly options: O;
  readonly page: RulePage;
  readonly check: (subject: Subjects[N], options: z.infer<O>) => RuleResult;
};

/** A rule without the types of its subject and options, so that unlike rules fit in one list. */
export type AnyRule = Omit<Rule, 'check'> & {
  /** Undefined when what the rule needs is not there. Throws a ZodError for options that its schema refuses. */
  readonly run: (subjects: Partial<Subjects>, options: unknown) => RuleResult | undefined;
};

/** Keeps the types of `needs` and `options` for `check`, and adds `run`, which needs neither. */
export function defineRule<N extends Need, O extends z.ZodObject>(rule: Rule<N, O>): Rule<N, O> & AnyRule {
  return {
    ...rule,
    run: (subjects, options) => {
      const subject: Subjects[N] | undefined = subjects[rule.needs];
      return subject === undefined ? undefined : rule.check(subject, rule.options.parse(options ?? {}));
    },
  };
}
