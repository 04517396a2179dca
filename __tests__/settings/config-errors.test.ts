import { describe, expect, it } from '@jest/globals';
import { complaint, repository } from './project.ts';

/** What a person reads for each mistake: file, what is wrong, and (below) what to do. */
const mistakes: readonly (readonly [title: string, file: string, message: string])[] = [
  [
    'a key with a slip',
    'images:\n  api: { context: services/api, test-traget: test }',
    'stagegate.yml:2:33: unknown key `test-traget` in `images.api`; did you mean `test-target`?',
  ],
  [
    'a key like none',
    'images: { api: { zzz: 1 } }',
    'stagegate.yml:1:18: unknown key `zzz` in `images.api`; known are context, file, target, test-target, platforms, build-args, build-contexts, baseline, budget.',
  ],
  [
    'a key as other tools call it',
    'images: { api: { dockerfile: Dockerfile } }',
    'stagegate.yml:1:18: unknown key `dockerfile` in `images.api`; did you mean `file`?',
  ],
  [
    'two mistakes',
    'polcy: { extends: strict }\nimages: { api: { contxt: . } }',
    'stagegate.yml:1:1: unknown key `polcy` at the top of the file; did you mean `policy`?\nThe file has one more problem, at line 2.',
  ],
  [
    'a size with half a unit',
    'images: { api: { budget: { max-size: 50M } } }',
    'stagegate.yml:1:38: `images.api.budget.max-size`: `50M` has an unknown unit; write 50MB (10^6 bytes) or 50MiB (2^20 bytes).',
  ],
  [
    'a percentage that makes no sense',
    'images: { api: { budget: { max-size: 5% } } }',
    'stagegate.yml:1:38: `images.api.budget.max-size`: `5%` is a percentage, which only max-growth takes; write a size such as 50MB.',
  ],
  [
    'a size that is too large',
    'images: { api: { budget: { max-size: 99999999GB } } }',
    'stagegate.yml:1:38: `images.api.budget.max-size`: `99999999GB` is too large for a size; the largest is 8388607GiB.',
  ],
  [
    'a negative size',
    'images: { api: { budget: { max-size: -5 } } }',
    'stagegate.yml:1:38: `images.api.budget.max-size` must be a size such as 50MB, 47.7MiB or a number of bytes, not the number -5.',
  ],
  [
    'a list for a size',
    'images: { api: { budget: { max-size: [] } } }',
    'stagegate.yml:1:38: `images.api.budget.max-size` must be a size such as 50MB, 47.7MiB or a number of bytes, not an empty list.',
  ],
  [
    'a word for a count',
    'images: { api: { budget: { max-layers: twelve } } }',
    'stagegate.yml:1:40: `images.api.budget.max-layers` must be a whole number such as 12, not `twelve`.',
  ],
  [
    'a limit in options of a rule',
    'policy: { rules: { max-size: [error, { limit: 60M }] } }',
    'stagegate.yml:1:47: `policy.rules.max-size[1].limit`: `60M` has an unknown unit; write 60MB (10^6 bytes) or 60MiB (2^20 bytes).',
  ],
  [
    'budgets of paths',
    'images: { api: { budget: { paths: { /app: 30MB } } } }',
    'stagegate.yml:1:28: `paths` is not supported yet.\nLimits for single paths will come; until then use max-size for the whole image.',
  ],
  [
    'several platforms',
    'images: { api: { platforms: [linux/amd64, linux/arm64] } }',
    'stagegate.yml:1:29: `images.api.platforms` has several platforms, which is not supported yet; name one, such as [linux/amd64].',
  ],
  [
    'a platform that is no list',
    'images: { api: { platforms: linux/amd64 } }',
    'stagegate.yml:1:29: `images.api.platforms` must be a list such as [linux/amd64], not `linux/amd64`.',
  ],
  [
    'a secret',
    'images: { api: { secrets: [id=npm] } }',
    'stagegate.yml:1:18: `secrets` cannot be set in this file, which a pull request can edit.\nUse the flag --secret.',
  ],
  [
    'a network',
    'network: host',
    'stagegate.yml:1:1: `network` cannot be set in this file, which a pull request can edit.\nUse the flag --network.',
  ],
  [
    'a version read as a number',
    'images: { api: { build-args: { VERSION: 1.20 } } }',
    'stagegate.yml:1:41: `images.api.build-args.VERSION` must be a text, not the number 1.2; put numbers, true and false in quotes.',
  ],
  [
    'a build argument out of the environment of the runner',
    'images: { api: { build-args: { TOKEN: } } }',
    'stagegate.yml:1:39: `images.api.build-args.TOKEN` must be a text, not nothing; put numbers, true and false in quotes.',
  ],
  [
    'a build argument that steers docker',
    'images: { api: { build-args: { DOCKER_HOST: "tcp://evil" } } }',
    'stagegate.yml:1:45: the build argument `DOCKER_HOST` cannot be set in this file, since docker itself obeys a variable of that name.\nSet it in the environment and use the flag --build-arg DOCKER_HOST.',
  ],
  [
    'a build argument that steers the traffic',
    'images: { api: { build-args: { https_proxy: "http://evil" } } }',
    'stagegate.yml:1:45: the build argument `https_proxy` cannot be set in this file, since docker itself obeys a variable of that name.\nSet it in the environment and use the flag --build-arg https_proxy.',
  ],
  [
    'a name that no build argument has',
    'images: { api: { build-args: { "A=B": x } } }',
    'stagegate.yml:1:32: the key `A=B` must be a name of letters, digits and _ that does not begin with a digit.',
  ],
  [
    'a build context whose name hides another',
    'images: { api: { build-contexts: { "x=https://evil": services } } }',
    'stagegate.yml:1:36: the key `x=https://evil` must be a name without blanks and `=`.',
  ],
  [
    'a password in a URL',
    'images: { api: { context: "https://me:hunter2@github.com/x/y.git" } }',
    'stagegate.yml:1:27: `https://***@github.com/x/y.git` is not supported yet: only a folder of the repository can be named here.',
  ],
  [
    'an image named like an option',
    'images: { "--push": {} }',
    'stagegate.yml:1:11: the key `--push` must be a name of at most 64 letters, digits, ".", "_" and "-" that begins with a letter or digit.',
  ],
  [
    'a target named like an option',
    'images: { api: { target: --push } }',
    'stagegate.yml:1:26: `images.api.target` must be the name of a stage, such as runtime, not `--push`; put a number in quotes.',
  ],
  [
    'terminal codes in a name',
    'images: { "a\\e[31m\\n::error::\\u202E": {} }',
    'stagegate.yml:1:11: the key `a\\u{1b}[31m\\u{a}::error::\\u{202e}` must be a name of at most 64 letters, digits, ".", "_" and "-" that begins with a letter or digit.',
  ],
  [
    'the same key twice',
    'images:\n  api: { context: services/api }\n  web: {}\n  api: {}',
    'stagegate.yml:4:3: `api` stands here again, after line 2, column 3; keep one.',
  ],
  [
    'indentation that nests a key in a text',
    'images:\n  api:\n    context: services/api\n      target: x',
    'stagegate.yml:3:14: a key stands inside the value of another key; indent the keys of one map alike, or quote a text with `: ` in it.',
  ],
  ['a tab', 'images:\n\tapi: {}', 'stagegate.yml:2:1: a tab is used as indentation; use spaces.'],
  [
    'an open bracket',
    'images: [',
    'stagegate.yml:2:1: the indentation does not fit, or a bracket above is not closed; indent the keys of one map alike, with spaces.',
  ],
  [
    'an open quote',
    'images: "x',
    'stagegate.yml:2:1: a character is missing here: a closing quote or bracket, a comma between items, or a space after `:`.',
  ],
  [
    'an alias without its anchor',
    'images: { web: *b }',
    'stagegate.yml:1:16: the alias `*b` has no anchor above it; write `&b` there.',
  ],
  [
    'a merge key',
    'images: { api: &a {}, web: { <<: *a } }',
    'stagegate.yml:1:30: merge keys (`<<`) are not supported; write the keys out, or alias a whole value.',
  ],
  ['a tag', 'policy: !!js/function x', 'stagegate.yml:1:9: this tag (`!…`) is unknown; leave it out.'],
  [
    'two documents',
    'policy: {}\n---\npolicy: {}',
    'stagegate.yml:2:1: a second document begins here (`---`); keep everything in one document.',
  ],
  [
    'a text in place of a map',
    'just text',
    'stagegate.yml:1:1: the file must be a map with the keys images and policy, not `just text`.',
  ],
  [
    'an image that says nothing',
    'images: { api: }',
    'stagegate.yml:1:16: `images.api` must be a map with keys such as context and target, not nothing; write {} for the defaults.',
  ],
  [
    'an unknown preset',
    'policy: { extends: recomended }',
    'stagegate.yml:1:20: `policy.extends` must be recommended, strict or off, not `recomended`; did you mean `recommended`?',
  ],
  [
    'a rule that does not exist',
    'policy: { rules: { nonrot: error } }',
    'stagegate.yml:1:20: unknown key `nonrot` in `policy.rules`; did you mean `nonroot`?',
  ],
  [
    'an unknown severity',
    'policy: { rules: { nonroot: errror } }',
    'stagegate.yml:1:29: `policy.rules.nonroot` must be error, warning, off or [severity, { options }], not `errror`; did you mean `error`?',
  ],
  [
    'a rule without the options it needs',
    'policy: { rules: { base-image: error } }',
    'stagegate.yml:1:32: the rule `base-image` needs options.\n`stagegate explain base-image` shows its options; in stagegate.yml they follow the severity: [error, { … }].',
  ],
  [
    'an unknown option of a rule',
    'policy: { rules: { base-image: [error, { finl: [scratch] }] } }',
    'stagegate.yml:1:42: unknown key `finl` in `policy.rules.base-image[1]`; did you mean `final`?\nThe file has one more problem, at line 1.',
  ],
  [
    'an option of the wrong type',
    'policy: { rules: { base-image: [error, { final: scratch }] } }',
    'stagegate.yml:1:49: `policy.rules.base-image[1].final` must be a list, not `scratch`.',
  ],
  [
    'a waiver for ever',
    'policy: { waivers: [{ rule: nonroot, reason: x, owner: y }] }',
    'stagegate.yml:1:21: `policy.waivers[0].expires` is missing; it must be a date that exists, as YYYY-MM-DD.',
  ],
  [
    'a date that does not exist',
    'policy: { waivers: [{ rule: nonroot, reason: x, owner: y, expires: 2027-02-30 }] }',
    'stagegate.yml:1:68: `policy.waivers[0].expires` must be a date that exists, as YYYY-MM-DD, not `2027-02-30`.',
  ],
  [
    'a waiver without a reason',
    'policy: { waivers: [{ rule: nonroot, reason: " ", owner: y, expires: 2027-02-20 }] }',
    'stagegate.yml:1:46: `policy.waivers[0].reason` must be a text that says why the finding is accepted, not ` `.',
  ],
  [
    'a waiver of an unknown rule',
    'policy: { waivers: [{ rule: nonrot, reason: x, owner: y, expires: 2027-02-20 }] }',
    'stagegate.yml:1:29: `policy.waivers[0].rule` must be the name of a rule, not `nonrot`; did you mean `nonroot`?',
  ],
  [
    'a finding waived twice',
    'policy:\n  waivers:\n    - { rule: nonroot, path: /a, reason: x, owner: y, expires: 2027-02-20 }\n    - { rule: nonroot, path: /a, reason: z, owner: y, expires: 2027-02-20 }',
    'stagegate.yml:4:7: `nonroot` for `/a` is waived twice, first in line 3; keep one waiver.',
  ],
  [
    'an absolute context',
    'images: { api: { context: /etc } }',
    'stagegate.yml:1:27: `/etc` leads out of the repository.\nName a folder of the repository, or give it as a flag on the command line.',
  ],
  [
    'a context above the repository',
    'images: { api: { context: services/../.. } }',
    'stagegate.yml:1:27: `services/../..` leads out of the repository.\nName a folder of the repository, or give it as a flag on the command line.',
  ],
  [
    'a context that is missing',
    'images: { api: { context: nowhere } }',
    'stagegate.yml:1:27: `nowhere` does not exist.\nPaths in stagegate.yml are read from `~`.',
  ],
  [
    'a context that is a file',
    'images: { api: { context: Dockerfile } }',
    'stagegate.yml:1:27: `Dockerfile` is a file, not a folder.',
  ],
  [
    'a context that is a URL',
    'images: { api: { context: "https://github.com/x/y.git" } }',
    'stagegate.yml:1:27: `https://github.com/x/y.git` is not supported yet: only a folder of the repository can be named here.',
  ],
  [
    'a Dockerfile that is a folder',
    'images: { api: { file: services/api } }',
    'stagegate.yml:1:24: `services/api` is a folder, not a file.',
  ],
  [
    'a build context above the repository',
    'images: { api: { build-contexts: { shared: ../up } } }',
    'stagegate.yml:1:44: `../up` leads out of the repository.\nName a folder of the repository, or give it as a flag on the command line.',
  ],
  [
    'a build context on the machine',
    'images: { api: { build-contexts: { shared: "oci-layout:///x" } } }',
    'stagegate.yml:1:44: `oci-layout:///x` is not supported here; name a folder of the repository or docker-image://REFERENCE.\nOther kinds can be given with the flag --build-context.',
  ],
];

describe('a mistake in stagegate.yml', () => {
  it.each(mistakes)('is told with its place: %s', async (_title, file, message) => {
    const cwd = await repository({ 'stagegate.yml': `${file}\n` });
    expect(await complaint(cwd)).toBe(message);
  });
});
