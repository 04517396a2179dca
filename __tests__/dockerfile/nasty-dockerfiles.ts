/** A Dockerfile that is hard to read right; built for real in oracles.e2e.test.ts, read alone in read-dockerfile.test.ts. */
export type NastyDockerfile = {
  readonly title: string;
  readonly text: string;
  readonly target?: string;
  readonly buildArgs?: Readonly<Record<string, string>>;
  /** `CONTEXT` stands for the folder with a.txt and b.txt. */
  readonly buildContexts?: Readonly<Record<string, string>>;
};

export type RefusedDockerfile = NastyDockerfile & {
  /** The line that we name; undefined where there is none to name. */
  readonly line: number | undefined;
  /** What BuildKit says of it, so that both refuse for the same reason. */
  readonly says: RegExp;
};

const B = 'busybox:1.37';

/** BuildKit builds every one of these. */
export const ACCEPTED: readonly NastyDockerfile[] = [
  { title: 'a single stage without a name', text: `FROM ${B}\nRUN echo one\n` },
  { title: 'a single stage with a name', text: `FROM ${B} AS only\nWORKDIR /w\nRUN echo two\n` },
  { title: 'no line break at the end', text: `FROM ${B}\nRUN echo nobreak` },
  {
    title: 'lower-case instructions',
    text: `from ${B} as build\nrun echo lower > /f\nfrom scratch\ncopy --from=build /f /f\n`,
  },
  {
    title: 'mixed-case instructions',
    text: `From ${B} As build\nrUn echo mixed > /f\nFROM scratch\nCopy --from=build /f /f\n`,
  },
  {
    title: 'CRLF line ends with a heredoc and a continuation',
    text: `FROM ${B} AS a\r\nRUN <<EOF\r\necho crlf\r\nEOF\r\nRUN echo x \\\r\n  y > /f\r\nFROM scratch\r\nCOPY --from=a /f /f\r\n`,
  },
  {
    title: 'a byte order mark before an escape directive',
    text: `\ufeff# escape=\`\nFROM ${B}\nRUN echo bom \`\n  more\n`,
  },
  {
    title: 'an escape directive, a check directive',
    text: `# check=skip=all\n# escape=\`\nFROM ${B}\nRUN echo a\\\nRUN echo b \`\n c\n`,
  },
  { title: 'an escape directive that comes too late', text: `# hello\n# escape=\`\nFROM ${B}\nRUN echo late \\\n c\n` },
  {
    title: 'comments and empty lines inside an instruction',
    text: `FROM ${B}\nRUN echo a \\\n# no\n\n   # neither\n   b \\\n\n   c\nRUN echo d\n`,
  },
  { title: 'a doubled escape at the end of a line', text: `FROM ${B}\nRUN echo a\\\\\nRUN echo b\n` },
  { title: 'an escape at the end of the file', text: `FROM ${B}\nRUN echo a \\\n` },
  {
    title: 'a heredoc with FROM inside',
    text: `FROM ${B} AS a\nRUN cat <<EOF\nFROM nowhere AS b\nEOF\nRUN true\n`,
  },
  {
    title: 'a heredoc whose body looks like instructions',
    text: `FROM scratch\nCOPY <<EOF /x\nFROM nowhere\nBOGUS line\nEOF\n`,
  },
  { title: 'a blank before the name of a heredoc', text: `FROM ${B}\nRUN cat << EOF\nBOGUS line\nEOF\n` },
  { title: 'a heredoc with a descriptor', text: `FROM ${B}\nRUN cat <<EOF && cat 0<<TWO\nBOGUS\nEOF\nBOGUS\nTWO\n` },
  { title: 'a heredoc whose quoted name has a blank', text: `FROM ${B}\nRUN cat <<"E F"\nBOGUS\nE F\n` },
  { title: 'a heredoc with tabs taken off', text: `FROM scratch\nCOPY <<-EOF /x\n\tBOGUS\n\tEOF\n` },
  { title: 'two heredocs in one instruction', text: `FROM scratch\nCOPY <<ONE <<TWO /x/\nBOGUS\nONE\nBOGUS\nTWO\n` },
  { title: 'an escaped heredoc, which is none', text: `FROM ${B}\nRUN echo \\<<EOF || true\nRUN echo EOF\n` },
  { title: 'a quoted heredoc, which is none', text: `FROM ${B}\nRUN echo "<<EOF"\nRUN echo EOF\n` },
  { title: 'a heredoc in the JSON form, which is none', text: `FROM ${B}\nRUN ["echo", "<<EOF"]\nRUN echo EOF\n` },
  { title: 'a heredoc in a trigger', text: `FROM ${B} AS a\nONBUILD RUN <<EOF\necho BOGUS\nEOF\nFROM a\nRUN true\n` },
  {
    title: 'stages by number',
    text: `FROM ${B}\nRUN echo 0 > /f\nFROM ${B}\nCOPY --from=0 /f /g\nFROM scratch\nCOPY --from=1 /g /g\nCOPY --from=+0 /f /f\n`,
  },
  {
    title: 'a number that counts the images copied from',
    text: `FROM scratch AS a\nCOPY a.txt /\nCOPY --from=${B} /bin/sh /sh\nFROM scratch\nCOPY --from=2 /bin/sh /sh2\n`,
  },
  {
    title: 'stages in other cases',
    text: `FROM ${B} AS Build\nRUN echo x > /f\nFROM build AS Next\nRUN --mount=from=BUILD,target=/m cat /m/f\nCOPY --from=bUiLd /f /g\n`,
    target: 'NEXT',
  },
  { title: 'a copy from an image', text: `FROM scratch\nCOPY --from=${B} /bin/sh /sh\n` },
  {
    title: 'a quoted --from',
    text: `FROM ${B} AS build\nRUN echo q > /f\nFROM scratch\nCOPY --from="build" --chmod=644 /f /f\n`,
  },
  {
    title: 'global ARGs that read each other',
    text: 'ARG V=1.37\nARG NAME=busybox REF=${NAME:-none}:$V\nFROM $REF AS a\nRUN echo args\n',
  },
  { title: 'an ARG overridden', text: 'ARG REF=nowhere:0\nFROM ${REF}\nRUN echo override\n', buildArgs: { REF: B } },
  {
    title: 'a default that FROM writes itself',
    text: `FROM \${REF:-${B}}\nRUN echo fallback\n`,
    buildArgs: { REF: 'nowhere:0' },
  },
  {
    title: 'a stage chosen by an argument',
    text: `ARG WHICH=b\nFROM ${B} AS base-a\nRUN echo a > /f\nFROM ${B} AS base-b\nRUN echo b > /f\nFROM base-\${WHICH} AS final\nRUN cat /f\n`,
  },
  {
    title: 'a stage chosen by the target',
    text: `FROM ${B} AS base-dev\nRUN echo tdev\nFROM ${B} AS base-prod\nRUN echo tprod\nFROM base-\${TARGETSTAGE} AS dev\nRUN echo d1\nFROM base-prod AS prod\nRUN echo p1\n`,
    target: 'dev',
  },
  {
    title: 'the platform of the builder',
    text: `FROM --platform=$BUILDPLATFORM ${B} AS a\nRUN echo platform > /f\nFROM --platform=\${TARGETOS}/\${TARGETARCH} ${B}\nCOPY --from=a /f /f\n`,
  },
  {
    title: 'a stage named like an image',
    text: 'FROM busybox AS busybox\nRUN echo named > /f\nFROM busybox\nRUN cat /f\n',
  },
  {
    title: 'a base that is cut from an argument',
    text: `${'ARG R=xxbusybox:1.37-slim\nFROM ${R#xx*}x${R##*}\n'.replace(
      'FROM ${R#xx*}x${R##*}',
      'ARG S=${R#xx}\nFROM ${S%-*}',
    )}RUN echo cut\n`,
  },
  {
    title: 'a stage of a name that stands twice, read by FROM',
    text: `FROM ${B} AS a\nRUN echo d1 > /f\nFROM ${B} AS a\nRUN echo d2 > /f\nFROM a\nRUN grep d2 /f\n`,
  },
  {
    title: 'a forward reference that nobody needs',
    text: `FROM ${B} AS early\nCOPY --from=late /f /f\nFROM ${B} AS late\nRUN echo l > /f\n`,
    target: 'late',
  },
  {
    title: 'a trigger that adds a dependency',
    text: `FROM ${B} AS tools\nRUN echo t > /t\nFROM ${B} AS parent\nONBUILD COPY --from=tools /t /t\nONBUILD ENV A=b\nFROM parent AS child\nRUN cat /t\n`,
  },
  {
    title: 'a trigger with an unknown flag that nobody runs',
    text: `FROM ${B} AS parent\nONBUILD COPY --bogus a.txt /a\nONBUILD BOGUS\nRUN echo p\n`,
  },
  {
    title: 'a context in place of a stage',
    text: `FROM nowhere:0 AS assets\nRUN false\nFROM scratch\nCOPY --from=assets a.txt /\n`,
    buildContexts: { assets: 'CONTEXT' },
  },
  {
    title: 'a context in place of a later stage',
    text: `FROM scratch AS early\nCOPY --from=assets a.txt /\nFROM nowhere:0 AS assets\n`,
    buildContexts: { assets: 'CONTEXT' },
    target: 'early',
  },
  {
    title: 'a context in place of an image, by its long name',
    text: 'FROM alpine\nRUN echo ctx\n',
    buildContexts: { 'docker.io/library/alpine:latest': `docker-image://${B}` },
  },
  {
    title: 'a context that only COPY names',
    text: 'FROM scratch\nCOPY --from=assets a.txt /\n',
    buildContexts: { assets: 'CONTEXT' },
  },
  {
    title: 'a context that a mount names',
    text: `FROM ${B}\nRUN --mount=from=assets,target=/m cat /m/a.txt\n`,
    buildContexts: { assets: 'CONTEXT' },
  },
  {
    title: 'mounts that name nothing',
    text: `FROM ${B}\nRUN --mount=type=cache,target=/c --mount=target=/m cat /m/a.txt\nRUN --mount=type=tmpfs,target=/t echo t\n`,
  },
  {
    title: 'a workdir at the root between steps',
    text: `FROM ${B} AS a\nWORKDIR /\nRUN echo r\nWORKDIR /x\nRUN echo s\n`,
  },
  {
    title: 'flags that BuildKit does not look at',
    text: `FROM ${B}\nHEALTHCHECK --bogus=1 NONE\nARG --bogus A=1\nRUN echo flags\n`,
  },
  {
    title: 'arguments that look like flags',
    text: `FROM ${B}\nRUN echo foo--bar --baz\nCMD ["--help"]\nENTRYPOINT ["echo"]\n`,
  },
  { title: 'a lone -- that ends the flags', text: `FROM -- ${B}\nRUN -- echo dashes\n` },
  {
    title: 'a stage that nobody names',
    text: `FROM ${B} AS a\nRUN echo unused\nFROM ${B}\nRUN echo last\n`,
  },
  {
    title: 'stage names with every sign',
    text: `FROM ${B} AS a-b.c_d--e__f\nRUN echo signs > /f\nFROM a-b.c_d--e__f\nRUN cat /f\n`,
  },
  { title: 'an instruction without arguments', text: `FROM ${B}\nRUN\nCMD []\n` },
  {
    title: 'stages that nobody needs',
    text: `FROM ${B} AS a\nRUN echo na\nFROM nowhere:0 AS b\nRUN echo nb\nFROM a AS c\nRUN echo nc\n`,
  },
  {
    title: 'a chain of three',
    text: `FROM ${B} AS base\nRUN echo c0\nFROM base AS build\nRUN echo c1 > /f\nFROM base AS test\nCOPY --from=build /f /f\nFROM scratch AS final\nCOPY --from=build /f /f\n`,
  },
  { title: 'a stage called scratch', text: `FROM ${B} AS scratch\nRUN echo s > /f\nFROM scratch\nRUN cat /f\n` },
  { title: 'a line of 65535 bytes', text: `FROM ${B}\nRUN echo ${'x'.repeat(65535 - 'RUN echo  > /f'.length)} > /f\n` },
];

/** BuildKit refuses every one of these before it runs a step. */
export const REFUSED: readonly RefusedDockerfile[] = [
  { title: 'an empty file', text: '', line: undefined, says: /empty/ },
  { title: 'comments only', text: '# FROM scratch\n\n', line: undefined, says: /no instructions/ },
  { title: 'no FROM', text: 'ARG A=1\n', line: undefined, says: /no stages|no build stage/ },
  {
    title: 'an instruction before FROM',
    text: 'ARG A=1\nRUN true\nFROM scratch\n',
    line: 2,
    says: /no build stage in current context/,
  },
  { title: 'an unknown instruction', text: `FROM ${B}\nRUNN true\n`, line: 2, says: /unknown instruction: RUNN/ },
  {
    title: 'an unknown instruction in a stage that nobody needs',
    text: `FROM ${B} AS a\nBOGUS\nFROM scratch\nCOPY a.txt /\n`,
    line: 2,
    says: /unknown instruction/,
  },
  {
    title: 'a body without its heredoc',
    text: `FROM ${B}\nRUN echo \\<<EOF\nsome text\nEOF\n`,
    line: 3,
    says: /unknown instruction/,
  },
  { title: 'an unknown flag', text: 'FROM scratch\nCOPY --form=a a.txt /\n', line: 2, says: /unknown flag: --?form/ },
  {
    title: 'ADD --from',
    text: `FROM ${B} AS a\nFROM scratch\nADD --from=a /bin/sh /\n`,
    line: 3,
    says: /unknown flag: --?from/,
  },
  { title: 'a flag of CMD', text: `FROM ${B}\nCMD --help\n`, line: 2, says: /unknown flag/ },
  { title: 'a flag of FROM', text: `FROM --bogus=1 ${B}\n`, line: 1, says: /unknown flag/ },
  { title: 'a flag twice', text: 'FROM scratch\nCOPY --chown=1 --chown=2 a.txt /\n', line: 2, says: /duplicate flag/ },
  { title: 'a flag without its value', text: 'FROM scratch\nCOPY --chown a.txt /\n', line: 2, says: /missing a value/ },
  {
    title: 'a boolean flag with a word',
    text: 'FROM scratch\nCOPY --link=maybe a.txt /\n',
    line: 2,
    says: /expecting boolean/,
  },
  {
    title: 'a stage name that begins with a digit',
    text: `FROM ${B} AS 1a\n`,
    line: 1,
    says: /invalid name for build stage/,
  },
  {
    title: 'a stage name with two signs in a row',
    text: `FROM ${B} AS a..b\nRUN true\n`,
    line: 1,
    says: /invalid context name/,
  },
  {
    title: 'a stage name that no image could have',
    text: `FROM ${B} AS build-\nRUN true\n`,
    line: 1,
    says: /invalid context name|invalid reference/,
  },
  { title: 'a FROM of two words', text: `FROM ${B} build\n`, line: 1, says: /requires either one or three arguments/ },
  { title: 'a FROM of nothing', text: 'FROM\n', line: 1, says: /requires either one or three arguments/ },
  { title: 'a FROM in capitals', text: `FROM ${B} AS Base\nRUN true\nFROM Base\n`, line: 3, says: /must be lowercase/ },
  {
    title: 'a base that is no image, in a stage that nobody needs',
    text: 'FROM Nowhere AS a\nFROM scratch\nCOPY a.txt /\n',
    line: 1,
    says: /must be lowercase/,
  },
  {
    title: 'a copy from what is no image',
    text: 'FROM scratch\nCOPY --from=up/Per a.txt /\n',
    line: 2,
    says: /must be lowercase|invalid reference/,
  },
  { title: 'a blank base', text: 'FROM $NOTHING\n', line: 1, says: /should not be blank/ },
  {
    title: 'a blank base in a stage that nobody needs',
    text: `FROM $NOTHING AS a\nFROM ${B}\nRUN true\n`,
    line: 1,
    says: /should not be blank/,
  },
  {
    title: 'a base that a stage ARG sets',
    text: `FROM ${B}\nARG X=${B}\nFROM $X\n`,
    line: 3,
    says: /should not be blank/,
  },
  { title: 'a bad substitution', text: 'FROM ${:x}\n', line: 1, says: /bad substitution/ },
  { title: 'an unknown operator', text: `ARG A=1\nFROM \${A^^}\n`, line: 2, says: /unsupported modifier/ },
  { title: 'a base that is demanded', text: 'FROM ${REF:?give REF}\n', line: 1, says: /give REF/ },
  { title: 'a default that cannot be expanded', text: `ARG A="x\nFROM ${B}\n`, line: 1, says: /double-quote/ },
  { title: 'a colon before a cut', text: `ARG A=${B}\nFROM \${A:#x}\n`, line: 2, says: /unsupported modifier/ },
  { title: 'a blank platform', text: `FROM --platform=$NOTHING ${B}\n`, line: 1, says: /empty platform/ },
  {
    title: 'a platform that is none',
    text: `FROM --platform=a/b/c/d ${B}\n`,
    line: 1,
    says: /failed to parse platform/,
  },
  {
    title: 'a variable in --from',
    text: `ARG S=a\nFROM ${B} AS a\nFROM scratch\nARG S\nCOPY --from=$S /bin/sh /\n`,
    line: 5,
    says: /variable expansion is not supported/,
  },
  {
    title: 'a variable in the --from of a stage that nobody needs',
    text: `FROM scratch AS a\nCOPY --from=$S /f /f\nFROM ${B}\nRUN true\n`,
    line: 2,
    says: /variable expansion is not supported/,
  },
  {
    title: 'a variable in what a mount names',
    text: `ARG S=a\nFROM ${B} AS a\nFROM ${B}\nRUN --mount=from=$S,target=/m true\n`,
    line: 4,
    says: /doesn't support variable expansion/,
  },
  {
    title: 'a number that is too high',
    text: `FROM ${B}\nFROM scratch\nCOPY --from=7 /f /f\n`,
    line: 3,
    says: /invalid stage index/,
  },
  {
    title: 'a negative number',
    text: `FROM ${B}\nFROM scratch\nCOPY --from=-1 /f /f\n`,
    line: 3,
    says: /invalid stage index/,
  },
  {
    title: 'a forward reference',
    text: `FROM scratch AS early\nCOPY --from=late /f /f\nFROM ${B} AS late\nRUN echo l > /f\n`,
    target: 'early',
    line: 2,
    says: /needs to be defined before/,
  },
  {
    title: 'a forward reference by number',
    text: `FROM scratch AS early\nCOPY --from=1 /f /f\nFROM ${B} AS late\nRUN echo l > /f\n`,
    target: 'early',
    line: 2,
    says: /needs to be defined before/,
  },
  {
    title: 'a forward mount',
    text: `FROM ${B} AS early\nRUN --mount=from=late,target=/m true\nFROM ${B} AS late\n`,
    target: 'early',
    line: 2,
    says: /needs to be defined before/,
  },
  {
    title: 'a forward reference in a stage under the target',
    text: `FROM scratch AS early\nCOPY --from=late /f /f\nFROM ${B} AS late\nFROM early AS last\nCOPY a.txt /\n`,
    line: 2,
    says: /needs to be defined before/,
  },
  {
    title: 'a copy from a name that stands again further down',
    text: `FROM ${B} AS a\nRUN echo 1 > /f\nFROM scratch AS b\nCOPY --from=a /f /f\nFROM ${B} AS a\n`,
    target: 'b',
    line: 4,
    says: /needs to be defined before/,
  },
  {
    title: 'a stage that copies from itself',
    text: `FROM ${B} AS a\nCOPY --from=a /bin/sh /x\n`,
    line: 2,
    says: /circular dependency/,
  },
  {
    title: 'a circle',
    text: `FROM ${B} AS a\nCOPY --from=b /f /f\nFROM ${B} AS b\nCOPY --from=a /f /f\n`,
    line: 4,
    says: /circular dependency/,
  },
  {
    title: 'a circle that nobody needs',
    text: `FROM ${B} AS a\nCOPY --from=b /f /f\nFROM ${B} AS b\nRUN --mount=from=a,target=/m true\nFROM ${B}\nRUN true\n`,
    line: 4,
    says: /circular dependency/,
  },
  {
    title: 'a target that is not there',
    text: `FROM ${B} AS build\n`,
    target: 'biuld',
    line: undefined,
    says: /could not be found/,
  },
  {
    title: 'a number as target',
    text: `FROM ${B} AS build\n`,
    target: '0',
    line: undefined,
    says: /could not be found/,
  },
  { title: 'an unclosed heredoc', text: `FROM ${B}\nRUN <<EOF\necho x\n`, line: 2, says: /unterminated heredoc/ },
  {
    title: 'a heredoc as destination',
    text: 'FROM scratch\nCOPY a.txt <<EOF\nx\nEOF\n',
    line: 2,
    says: /cannot accept a heredoc/,
  },
  {
    title: 'a list of other things than strings',
    text: `FROM ${B}\nCMD ["a", 1]\n`,
    line: 2,
    says: /comprised of strings only/,
  },
  {
    title: 'a copy without destination',
    text: 'FROM scratch\nCOPY a.txt\n',
    line: 2,
    says: /requires at least two arguments/,
  },
  { title: 'an ENV without a value', text: `FROM ${B}\nENV A\n`, line: 2, says: /must have two arguments/ },
  { title: 'an ENV with a stray word', text: `FROM ${B}\nENV A=1 B\n`, line: 2, says: /can't find = in/ },
  { title: 'an ENV with a blank name', text: `FROM ${B}\nENV =1\n`, line: 2, says: /names can not be blank/ },
  { title: 'an ARG without a name', text: `FROM ${B}\nARG\n`, line: 2, says: /requires at least one argument/ },
  {
    title: 'a SHELL that is no list',
    text: `FROM ${B}\nSHELL /bin/sh -c\n`,
    line: 2,
    says: /requires the arguments to be in JSON form/,
  },
  { title: 'a HEALTHCHECK of an unknown type', text: `FROM ${B}\nHEALTHCHECK TRY x\n`, line: 2, says: /Unknown type/ },
  { title: 'a HEALTHCHECK without command', text: `FROM ${B}\nHEALTHCHECK CMD\n`, line: 2, says: /Missing command/ },
  {
    title: 'a HEALTHCHECK NONE with arguments',
    text: `FROM ${B}\nHEALTHCHECK NONE x\n`,
    line: 2,
    says: /takes no arguments/,
  },
  { title: 'a WORKDIR without path', text: `FROM ${B}\nWORKDIR\n`, line: 2, says: /requires exactly one argument/ },
  { title: 'a VOLUME of nothing', text: `FROM ${B}\nVOLUME [""]\n`, line: 2, says: /can not be an empty string/ },
  { title: 'ONBUILD ONBUILD', text: `FROM ${B}\nONBUILD ONBUILD RUN true\n`, line: 2, says: /Chaining ONBUILD/ },
  { title: 'ONBUILD FROM', text: `FROM ${B}\nONBUILD FROM x\n`, line: 2, says: /isn't allowed as an ONBUILD trigger/ },
  {
    title: 'a trigger that the parser cannot read',
    text: `FROM ${B}\nONBUILD ENV A\n`,
    line: 2,
    says: /must have two arguments/,
  },
  {
    title: 'a trigger with an unknown flag that a stage runs',
    text: `FROM ${B} AS p\nONBUILD COPY --bogus a.txt /a\nFROM p\nRUN true\n`,
    line: 3,
    says: /unknown flag/,
  },
  {
    title: 'a trigger that reaches forward',
    text: `FROM ${B} AS p\nONBUILD COPY --from=late /f /f\nFROM p AS c\nRUN true\nFROM ${B} AS late\n`,
    target: 'c',
    line: 3,
    says: /needs to be defined before/,
  },
  {
    title: 'a directive twice',
    text: `# escape=\\\n# escape=\\\nFROM ${B}\n`,
    line: 2,
    says: /only one escape parser directive/,
  },
  { title: 'an escape character that is none', text: `# escape=x\nFROM ${B}\n`, line: 1, says: /invalid escape token/ },
  {
    title: 'a mount whose quotes do not pair',
    text: `FROM ${B}\nRUN --mount=type=bind,so'"'urce=/ true\n`,
    line: 2,
    says: /failed to parse csv mounts/,
  },
  { title: 'an unknown network', text: `FROM ${B}\nRUN --network=lan true\n`, line: 2, says: /invalid network mode/ },
  {
    title: 'a line of 65536 bytes',
    text: `FROM ${B}\nRUN echo ${'x'.repeat(65536 - 'RUN echo '.length)}\n`,
    line: 2,
    says: /greater than max allowed size/,
  },
];
