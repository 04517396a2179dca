#!/usr/bin/env node
import { Command, CommanderError, Option } from 'commander';
import type { TypedOptions } from './cli/check-flags.ts';
import type { RulesFormat } from './cli/rules.ts';
import type { StagesOptions } from './cli/stages.ts';
import { watchStandardStreams } from './cli/standard-streams.ts';
import type { CompareFlags } from './settings/compare-settings.ts';
import type { InspectFlags } from './settings/inspect-settings.ts';
import { UserError } from './user-error.ts';
import { version } from './version.ts';

watchStandardStreams(process, ({ message }) => {
  process.stderr.write(`stagegate: the result cannot be written: ${message}\n`);
  // Whatever the command comes to: nobody gets its result.
  process.once('exit', () => {
    process.exitCode = 3;
  });
});

/** Collects a repeatable option in the order typed. */
const each = (value: string, before: string[] | undefined): string[] => [...(before ?? []), value];

const program = new Command('stagegate')
  .description('Builds the test and the final stage of a Dockerfile, weighs the image, holds it to budgets and policy.')
  .version(version, '--version')
  .exitOverride()
  .configureOutput({ outputError: (text, write) => write(text.replace(/^error: /, 'stagegate: ')) })
  .addHelpText(
    'after',
    '\nExit codes: 0 pass · 1 fail · 2 the call or config is wrong · 3 could not judge · 130/143 interrupted',
  );

program
  .command('check')
  .summary('build, weigh and judge an image')
  .description(
    'Builds test and final target at once on your Docker, weighs the final image, judges budgets and policy.',
  )
  .argument('[context]', 'build context, a folder')
  .option('-f, --file <path>', 'Dockerfile (default: CONTEXT/Dockerfile)')
  .option('--target <stage>', 'stage whose image ships (default: the last)')
  .option('--test-target <stage>', 'stage whose build runs the tests')
  .option('--image <name>', 'entry of stagegate.yml to check (default: all of them)')
  .option('--platform <os/arch>', 'platform to build for')
  .option('--build-arg <name[=value]>', 'build argument; without a value, that of the environment', each)
  .option('--build-context <name=value>', 'folder or image that stands in for a stage or an image', each)
  .option('--secret <spec>', 'secret for the build, as docker buildx takes it', each)
  .option('--ssh <spec>', 'SSH agent or keys for the build, as docker buildx takes it', each)
  .option('--builder <name>', 'buildx builder (default: the selected one)')
  .option('--cache-from <spec>', 'where to read build cache from', each)
  .option('--cache-to <spec>', 'where to write build cache to', each)
  .option('--no-cache', 'build every step anew')
  .option('--no-cache-filter <stage>', 'build the steps of this stage anew', each, [])
  .option('--pull', 'ask the registry for newer base images')
  .option('--network <mode>', 'network of RUN steps')
  .option('--add-host <host:ip>', 'extra host for RUN steps', each)
  .option('--label <key=value>', 'label for the image', each)
  .option('--tag <name>', 'name for the image in Docker (with --load)', each)
  .option('--load', 'also load the image into Docker')
  .addOption(new Option('--push', 'not supported: stagegate judges before anything is pushed').hideHelp())
  .option('--config <path>', 'config file (default: stagegate.yml, .github/stagegate.yml)')
  .option('--baseline <file>', 'what to compare with: a recorded report, docker://IMAGE or rebuild:COMMIT')
  .option('--record <file>', 'record this run as a baseline for later ones')
  .option('--max-size <size>', 'budget: unpacked size, such as 50MB or 47.7MiB')
  .option('--max-download-size <size>', 'budget: compressed size that a pull transfers')
  .option('--max-growth <size|percent>', 'budget: growth of the unpacked size against the baseline')
  .option('--max-layers <count>', "budget: layers of this Dockerfile's own")
  .option('--fail-on <severity>', 'findings that fail: error (default), warning or never')
  .option('--no-index', 'read every layer anew, whatever is remembered of it')
  .option('--format <format>', 'text (default), json, markdown or html')
  .option('--output <[format=]file>', 'write to a file instead of stdout; FORMAT=FILE may be repeated', each)
  .action(async (context: string | undefined, flags: TypedOptions) => {
    const { check } = await import('./cli/check.ts');
    process.exitCode = await check(context, flags);
  });

program
  .command('inspect')
  .summary('weigh an image that exists')
  .description(
    'Opens an image, verifies every digest and weighs it: what each layer holds, what is wasted and by whom. Builds nothing.\n\n' +
      'IMAGE is oci:DIR[:TAG], oci-archive:FILE, docker-archive:FILE, docker-daemon:NAME, docker://REGISTRY/NAME,\n' +
      'or a path or name alone, which is guessed.',
  )
  .argument('<image>', 'the image to open')
  .option('--platform <os/arch>', "which image of several (default: this machine's)")
  .option('--base <image>', 'its base image: tells base layers from own ones')
  .option('--top <count>', 'how many of the largest files and of the waste to list (default: 20)')
  .option('--layer <position>', 'files and waste of this layer alone, counted from 0, base first')
  .option('--path <glob>', "also list the files that match, such as '/usr/lib/**'; '**' lists all", each)
  .option('--record <file>', 'record the image as a baseline')
  .option('--no-index', 'read every layer anew, whatever is remembered of it')
  .option('--plain-http', 'ask the registry without TLS')
  .option('--format <format>', 'text (default), json, markdown or html')
  .option('--output <[format=]file>', 'write to a file instead of stdout; FORMAT=FILE may be repeated', each)
  .action(async (image: string, flags: InspectFlags) => {
    const { inspectImage } = await import('./cli/inspect.ts');
    process.exitCode = await inspectImage(image, flags);
  });

program
  .command('compare')
  .summary('say what changed between two images')
  .description(
    'Compares HEAD with BASE: by how much it grew, which layer did it, which paths, packages and settings changed,\n' +
      'and what of that is the base image. Builds nothing.\n\n' +
      'BASE and HEAD are images as inspect takes them, or reports that --record or --format json wrote.',
  )
  .argument('<base>', 'image or report to compare with')
  .argument('<head>', 'image or report to compare')
  .option('--platform <os/arch>', "which image of several (default: a report's, else this machine's)")
  .option('--base <image>', 'base image of both: tells base layers from own ones where nobody built them here')
  .option('--image <name>', 'which image of a report that has several')
  .option('--max-growth <size|percent>', 'budget: growth of the unpacked size from BASE to HEAD')
  .option('--top <count>', 'how many changed paths to show, up to 100 (default: 10)')
  .option('--no-index', 'read every layer anew, whatever is remembered of it')
  .option('--plain-http', 'ask the registry without TLS')
  .option('--format <format>', 'text (default), json, markdown or html')
  .option('--output <[format=]file>', 'write to a file instead of stdout; FORMAT=FILE may be repeated', each)
  .action(async (base: string, head: string, flags: CompareFlags) => {
    const { compare } = await import('./cli/compare.ts');
    process.exitCode = await compare(base, head, flags);
  });

program
  .command('stages')
  .summary('show the stage graph of a Dockerfile')
  .description(
    'Shows the stages of a Dockerfile, what they take from each other, and which of them a build needs. Builds nothing.',
  )
  .argument('[path]', 'build context or Dockerfile')
  .option('-f, --file <path>', 'Dockerfile (default: CONTEXT/Dockerfile)')
  .option('--target <stage>', 'final target (default: the last stage)')
  .option('--test-target <stage>', 'test target')
  .option('--image <name>', 'entry of stagegate.yml')
  .option('--config <path>', 'config file (default: stagegate.yml, .github/stagegate.yml)')
  .option('--platform <os/arch>', 'platform that the build would be for')
  .option('--build-arg <name[=value]>', 'build argument', each)
  .option('--build-context <name=value>', 'folder or image that stands in for a stage or an image', each)
  .addOption(new Option('--format <format>', 'how to show it').choices(['text', 'json', 'mermaid']).default('text'))
  .option('--output <file>', 'write to a file instead of stdout')
  .action(async (path: string | undefined, flags: StagesOptions) => {
    const { stages } = await import('./cli/stages.ts');
    process.exitCode = await stages(path, flags);
  });

program
  .command('rules')
  .summary('list what is checked')
  .addOption(new Option('--format <format>', 'how to show it').choices(['text', 'json', 'markdown']).default('text'))
  .action(async (flags: { format: RulesFormat }) => {
    const { listRules } = await import('./cli/rules.ts');
    listRules(flags.format);
  });

program
  .command('explain')
  .summary("one rule's page: what it checks, why, how to mend it")
  .argument('<rule>', 'id of the rule')
  .action(async (id: string) => {
    const { explainRule } = await import('./cli/rules.ts');
    explainRule(id);
  });

try {
  await program.parseAsync();
} catch (error) {
  process.exitCode = exitCodeOf(error);
}

/** The one place where an error of the command line becomes an exit code: see the contract's list in --help. */
function exitCodeOf(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  if (error instanceof UserError) {
    process.stderr.write(`stagegate: ${error.message}\n${error.hint === undefined ? '' : `  ${error.hint}\n`}`);
    return error.exitCode;
  }
  const detail = error instanceof Error ? error.stack : String(error);
  process.stderr.write(`stagegate: this is a bug of stagegate, the image was not judged.\n${detail}\n`);
  return 3;
}
