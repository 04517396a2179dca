import { checkFlags, type SyntaxProblem, type Written } from './check-flags.ts';
import { cutBlanks, splitBlanks } from './go-space.ts';
import { parseHeredoc } from './heredocs.ts';
import { parseJsonWords } from './json-words.ts';
import { parseFlags } from './parse-flags.ts';
import { parseMount } from './parse-mount.ts';
import { splitInstruction } from './split-instruction.ts';
import { splitWords } from './split-words.ts';

/** Refuses a JSON form with numbers, lists or the like in it; what is no JSON at all is the shell form. */
export function notStrings({ rest }: Written): SyntaxProblem | undefined {
  if (parseJsonWords(rest).kind !== 'not-strings') return undefined;
  return { reason: 'is a JSON list with something else than strings', remedy: 'Put every element in double quotes.' };
}

/** Refuses an instruction that stands alone. */
export function needArguments({ keyword, rest }: Written): SyntaxProblem | undefined {
  const isEmpty = rest === '' || (LISTS.has(keyword) && listWords(rest).length === 0);
  return isEmpty
    ? { reason: `gives ${keyword} no argument`, remedy: `Write what ${keyword} is to take, or remove the line.` }
    : undefined;
}

const LISTS = new Set(['VOLUME']);

function listWords(rest: string): readonly string[] {
  const json = parseJsonWords(rest);
  return json.kind === 'words' ? json.words : splitBlanks(rest);
}

/** COPY and ADD: sources, then a destination that is no heredoc. */
export function checkCopy(copy: Written): SyntaxProblem | undefined {
  const words = listWords(copy.rest);
  const problem = notStrings(copy);
  if (problem !== undefined) return problem;
  if (words.length < 2) {
    return {
      reason: `gives ${copy.keyword} no destination`,
      remedy: `${copy.keyword} takes at least one source and then a destination.`,
    };
  }
  const flags = checkFlags(copy);
  if (flags !== undefined) return flags;
  if (parseHeredoc(words.at(-1) ?? '') === undefined) return undefined;
  return {
    reason: `gives ${copy.keyword} a heredoc as its destination`,
    remedy: 'Write the path to copy to after the heredoc.',
  };
}

/** Refuses `=value`. */
export function blankName(words: readonly string[]): SyntaxProblem | undefined {
  return words.some((word) => word.startsWith('='))
    ? { reason: 'has a blank name before =', remedy: 'Write the name.' }
    : undefined;
}

/** Refuses `VOLUME [""]`. */
export function blankVolume({ rest }: Written): SyntaxProblem | undefined {
  if (listWords(rest).every((word) => word.trim() !== '')) return undefined;
  return { reason: 'gives VOLUME an empty path', remedy: 'Write the path of the volume.' };
}

/** ENV and LABEL: `name=value …`, or the old `name value`. */
export function checkPairs(pairs: Written, escapeToken: string): SyntaxProblem | undefined {
  const words = splitWords(pairs.rest, escapeToken);
  if (words[0] !== undefined && !words[0].includes('=')) {
    if (cutBlanks(pairs.rest).rest !== undefined) return checkFlags(pairs);
    return { reason: `gives ${pairs.keyword} a name and no value`, remedy: `${pairs.keyword} ${words[0]}=` };
  }
  const bare = words.find((word) => !word.includes('='));
  if (bare !== undefined)
    return { reason: `has ${bare} where name=value belongs`, remedy: 'Put values with blanks in quotes.' };
  return checkFlags(pairs) ?? needArguments(pairs) ?? blankName(words);
}

/** `FROM image` or `FROM image AS name`. */
export function checkFrom({ rest }: Written): SyntaxProblem | undefined {
  const words = splitBlanks(rest);
  const [, as, name] = words;
  if (words.length === 1) return undefined;
  if (words.length !== 3 || as?.toLowerCase() !== 'as') {
    return {
      reason: 'has a FROM that is not of the form FROM image or FROM image AS name',
      remedy: 'FROM image AS name',
    };
  }
  if (/^[a-z][a-z0-9-_.]*$/.test(name?.toLowerCase() ?? '')) return undefined;
  return {
    reason: `names its stage ${name}, which BuildKit does not take`,
    remedy: 'Begin the name with a letter and use letters, digits, "-", "_" and "." only.',
  };
}

/** `HEALTHCHECK NONE`, whose flags BuildKit does not look at, or `HEALTHCHECK CMD …`. */
export function checkHealth(health: Written): SyntaxProblem | undefined {
  const { head: type, rest } = cutBlanks(health.rest);
  if (type === '') return needArguments(health);
  const command = rest ?? '';
  const problem = notStrings({ ...health, rest: command });
  if (problem !== undefined) return problem;
  if (type.toUpperCase() === 'NONE') {
    return command === '' || listWords(command).length === 0
      ? undefined
      : { reason: 'gives HEALTHCHECK NONE arguments, and it takes none', remedy: 'HEALTHCHECK NONE' };
  }
  const flags = checkFlags(health);
  if (flags !== undefined) return flags;
  if (type.toUpperCase() !== 'CMD')
    return { reason: `has a HEALTHCHECK of the unknown type ${type}`, remedy: `HEALTHCHECK CMD ${health.rest}` };
  if (command === '' || listWords(command).length === 0) {
    return {
      reason: 'has a HEALTHCHECK CMD without a command',
      remedy: 'Write the command that tells whether the container is well.',
    };
  }
  return undefined;
}

/** ONBUILD: what may be a trigger. The rest of a trigger is judged in the stage that runs it. */
export function checkOnbuild(onbuild: Written, escapeToken: string): SyntaxProblem | undefined {
  const trigger = splitInstruction(onbuild.rest, escapeToken);
  const keyword = trigger.keyword.toUpperCase();
  const missing = needArguments(onbuild) ?? checkFlags(onbuild);
  if (missing !== undefined) return missing;
  if (['ONBUILD', 'FROM', 'MAINTAINER'].includes(keyword)) {
    return { reason: `has ${keyword} as an ONBUILD trigger, which is not allowed`, remedy: 'Remove the line.' };
  }
  return checkTriggerForm({ ...trigger, keyword }, escapeToken);
}

/** What the parser sees of a trigger before any stage runs it: its JSON and its pairs, neither its flags nor its name. */
function checkTriggerForm(trigger: Written, escapeToken: string): SyntaxProblem | undefined {
  const bare = { ...trigger, flags: [] };
  if (trigger.keyword === 'ENV' || trigger.keyword === 'LABEL')
    return trigger.rest === '' ? undefined : checkPairs(bare, escapeToken);
  return JSON_FORMS.has(trigger.keyword) ? notStrings(bare) : undefined;
}

const JSON_FORMS = new Set(['ADD', 'CMD', 'COPY', 'ENTRYPOINT', 'RUN', 'SHELL', 'VOLUME']);

/** What `--mount`, `--network` and `--security` may say. */
export function checkRun({ flags }: Written): SyntaxProblem | undefined {
  const parsed = parseFlags('RUN', flags);
  const values = parsed.kind === 'flags' ? parsed.values : new Map<string, readonly string[]>();
  for (const value of values.get('mount') ?? []) {
    const mount = parseMount(value);
    if (mount.kind === 'invalid') {
      return {
        reason: `has a mount that BuildKit does not take: ${mount.reason}`,
        remedy: 'FROM the image in a stage of its own and mount from that stage.',
      };
    }
  }
  const network = values.get('network')?.[0];
  if (network !== undefined && !['default', 'none', 'host'].includes(network)) {
    return { reason: `has the unknown network ${network}`, remedy: 'RUN --network takes default, none or host.' };
  }
  const security = values.get('security')?.[0];
  if (security !== undefined && !['insecure', 'sandbox'].includes(security)) {
    return { reason: `has the unknown security ${security}`, remedy: 'RUN --security takes insecure or sandbox.' };
  }
  return undefined;
}

/** SHELL takes the JSON form only. */
export function checkShell({ rest }: Written): SyntaxProblem | undefined {
  const json = parseJsonWords(rest);
  if (json.kind === 'words' && json.words.length > 0) return undefined;
  return { reason: 'has a SHELL that is not a JSON list of strings', remedy: 'SHELL ["/bin/sh", "-c"]' };
}
