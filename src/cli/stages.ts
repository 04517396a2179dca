import { readFile, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { findIgnoreFile } from '../dockerfile/ignore-file.ts';
import { readDockerfile } from '../dockerfile/read-dockerfile.ts';
import { escapeTerminal } from '../escape.ts';
import { hostPlatform } from '../host-platform.ts';
import { givenArguments, stageRoles } from '../measure.ts';
import { describeStages } from '../report/describe-stages.ts';
import type { StageReport } from '../report/report.ts';
import type { StagesFormat } from '../report/stages/render-stages.ts';
import { renderStages } from '../report/stages/render-stages.ts';
import type { CheckFlags } from '../settings/check-flags.ts';
import { readSettings } from '../settings/read-settings.ts';
import type { ImageEntry } from '../settings/settings.ts';
import { shownPath } from '../settings/shown-path.ts';
import { UserError } from '../user-error.ts';
import { screen, writeWhole } from './terminal.ts';

/** The options of `stages` as commander hands them over. */
export type StagesOptions = Pick<
  CheckFlags,
  'file' | 'target' | 'testTarget' | 'image' | 'platform' | 'buildArg' | 'buildContext' | 'config'
> & {
  readonly format: StagesFormat;
  readonly output?: string;
};

/** `stagegate stages`: the graph of a Dockerfile, given as its folder or itself. Builds nothing. Gives the exit code. */
export async function stages(path: string | undefined, { format, output, ...flags }: StagesOptions): Promise<number> {
  const { images } = await readSettings({ ...(await namePlace(path, flags)), cwd: process.cwd() });
  const [entry, ...others] = images;
  if (others.length > 0) {
    throw new UserError(`The config file has ${images.length} images, and stages shows one.`, {
      hint: `Name it with --image: ${images.map((image) => image.name).join(', ')}.`,
    });
  }
  const found = await readStages(entry);
  if (format === 'text') process.stderr.write(await ignoreNote(entry));
  const text = renderStages(found, format, screen(output === undefined ? process.stdout : undefined));
  if (output === undefined) process.stdout.write(text);
  else await writeWhole(output, text);
  return 0;
}

async function namePlace(
  path: string | undefined,
  flags: CheckFlags,
): Promise<{ context: string | undefined; flags: CheckFlags }> {
  const isFile = path !== undefined && flags.file === undefined && (await isRegularFile(path));
  return isFile ? { context: dirname(path), flags: { ...flags, file: path } } : { context: path, flags };
}

async function isRegularFile(path: string): Promise<boolean> {
  return stat(path).then(
    (stats) => stats.isFile(),
    () => false,
  );
}

async function readStages(entry: ImageEntry): Promise<StageReport[]> {
  const file = entry.dockerfileAsWritten;
  const reading = readDockerfile(await readFile(entry.dockerfile, 'utf8'), {
    file,
    buildArgs: givenArguments(entry.buildArgs, process.env),
    buildContexts: entry.buildContexts,
    targets: entry.testTarget === undefined ? [entry.target] : [entry.target, entry.testTarget],
    platform: hostPlatform(),
    targetPlatform: entry.platform ?? hostPlatform(),
  });
  switch (reading.kind) {
    case 'graph':
      for (const warning of reading.graph.warnings) {
        process.stderr.write(
          `stagegate: ${at(file, warning.line)}: ${escapeTerminal(`${warning.message}; ${warning.remedy}`)}\n`,
        );
      }
      return describeStages(reading.graph, stageRoles(reading.graph, entry), []);
    case 'foreign':
      throw new UserError(
        `${file} is written for ${escapeTerminal(reading.dockerfile.syntax)}: only that frontend knows its stages`,
        {
          hint: 'stagegate check builds it all the same.',
        },
      );
    case 'refused': {
      const [{ line, message, remedy }] = reading.refusals;
      throw new UserError(`${at(file, line)}: ${escapeTerminal(message)}`, {
        hint: escapeTerminal(remedy),
        exitCode: 1,
      });
    }
  }
}

function at(file: string, line: number | undefined): string {
  return line === undefined ? file : `${file}:${line}`;
}

async function ignoreNote(entry: ImageEntry): Promise<string> {
  const ignoreFile = await findIgnoreFile(entry, isRegularFile);
  return ignoreFile === undefined ? '' : `ignore file: ${escapeTerminal(shownPath(process.cwd(), ignoreFile))}\n`;
}
