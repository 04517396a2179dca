import {
  blankName,
  blankVolume,
  checkCopy,
  checkFrom,
  checkHealth,
  checkOnbuild,
  checkPairs,
  checkRun,
  checkShell,
  needArguments,
  notStrings,
} from './check-arguments.ts';
import { checkFlags, type SyntaxProblem, type Written } from './check-flags.ts';
import { nearestName } from './nearest-name.ts';
import { splitWords } from './split-words.ts';

/** What BuildKit's parser refuses in one instruction whatever the target; undefined when it takes it. */
export function checkInstruction(instruction: Written, escapeToken: string): SyntaxProblem | undefined {
  const keyword = instruction.keyword.toUpperCase();
  const check = CHECKS[keyword];
  if (check === undefined || !Object.hasOwn(CHECKS, keyword)) return unknownInstruction(instruction.keyword);
  return check({ ...instruction, keyword }, escapeToken);
}

type Check = (instruction: Written, escapeToken: string) => SyntaxProblem | undefined;

/** One check an instruction, in the order in which BuildKit looks at its parts. */
const CHECKS: Readonly<Record<string, Check>> = {
  ADD: (add) => checkCopy(add),
  ARG: (arg, escapeToken) => needArguments(arg) ?? blankName(splitWords(arg.rest, escapeToken)),
  CMD: (cmd) => notStrings(cmd) ?? checkFlags(cmd),
  COPY: (copy) => checkCopy(copy),
  ENTRYPOINT: (entrypoint) => notStrings(entrypoint) ?? checkFlags(entrypoint),
  ENV: checkPairs,
  EXPOSE: (expose) => needArguments(expose) ?? checkFlags(expose),
  FROM: (from) => checkFrom(from) ?? checkFlags(from),
  HEALTHCHECK: checkHealth,
  LABEL: checkPairs,
  MAINTAINER: (maintainer) => needArguments(maintainer) ?? checkFlags(maintainer),
  ONBUILD: checkOnbuild,
  RUN: (run) => notStrings(run) ?? checkFlags(run) ?? checkRun(run),
  SHELL: (shell) => notStrings(shell) ?? checkFlags(shell) ?? checkShell(shell),
  STOPSIGNAL: (signal) => needArguments(signal),
  USER: (user) => needArguments(user) ?? checkFlags(user),
  VOLUME: (volume) => notStrings(volume) ?? needArguments(volume) ?? checkFlags(volume) ?? blankVolume(volume),
  WORKDIR: (workdir) => needArguments(workdir) ?? checkFlags(workdir),
};

function unknownInstruction(keyword: string): SyntaxProblem {
  const near = nearestName(keyword, Object.keys(CHECKS));
  return {
    reason: `is an unknown instruction: ${keyword}`,
    remedy:
      near === undefined
        ? 'Remove the line, or end the line before it with the escape character.'
        : `Did you mean ${near}?`,
  };
}
