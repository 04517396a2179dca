import type { RuleSeverity } from '../policy/define-rule.ts';

type Preset = (rule: { readonly id: string; readonly severity: RuleSeverity }) => {
  readonly severity: RuleSeverity;
  readonly options?: unknown;
};

export type PresetName = 'recommended' | 'strict' | 'off';

/** What `policy.extends` starts from; options are left out where the rule's own defaults hold. */
export const presets: Readonly<Record<PresetName, Preset>> = {
  /** The severities of the contract, the same as without any config. */
  recommended: ({ severity }) => ({ severity }),

  /** Every warning is an error, a distroless image is demanded, and tests must exist and run in this very check. */
  strict: ({ id, severity }) => {
    if (id === 'distroless') return { severity: 'error' };
    if (id === 'test-target') return { severity: 'error', options: { fresh: true, required: true } };
    return { severity: severity === 'warning' ? 'error' : severity };
  },

  /** Nothing but what the file and the flags name. */
  off: () => ({ severity: 'off' }),
};
