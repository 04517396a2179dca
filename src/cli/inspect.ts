import { escapeTerminal } from '../escape.ts';
import { endChildren } from '../exec/children.ts';
import { exitOnInterruption } from '../exec/interruption.ts';
import { hostPlatform } from '../host-platform.ts';
import { inspect } from '../inspect.ts';
import { openImage } from '../open-image.ts';
import type { ImageSource } from '../settings/image-source.ts';
import { type InspectFlags, type InspectSettings, readInspectSettings } from '../settings/inspect-settings.ts';
import { type ReadingDisplay, showReading } from './progress/show-reading.ts';
import { writeOutput, writeOutputs } from './write-outputs.ts';

/** `stagegate inspect IMAGE`: gives the exit code; bad calls and images that cannot be read are thrown as UserError. */
export async function inspectImage(image: string, flags: InspectFlags): Promise<number> {
  const settings = await readInspectSettings({ image, flags, cwd: process.cwd() });
  for (const { guess } of [settings.source, ...(settings.base ? [settings.base] : [])]) {
    if (guess !== undefined) process.stderr.write(`stagegate: ${escapeTerminal(guess)}\n`);
  }
  const { stderr, env } = process;
  const display = showReading({
    write: (text) => stderr.write(text),
    isTerminal: stderr.isTTY === true,
    columns: () => stderr.columns ?? 80,
    env,
    now: Date.now,
  });
  exitOnInterruption(() => display.close());
  try {
    const { report, record } = await inspect(settings, {
      now: () => new Date(),
      openImage: (source, platform) => open(source, platform, { settings, display }),
    });
    display.close();
    if (settings.record !== undefined) await writeOutput(await record(), { format: 'json', file: settings.record });
    await writeOutputs(report, settings.outputs);
    return 0;
  } finally {
    display.close();
    await endChildren();
  }
}

function open(
  source: ImageSource,
  platform: string | undefined,
  { settings, display }: { readonly settings: InspectSettings; readonly display: ReadingDisplay },
) {
  const { useIndex, plainHttp } = settings;
  return openImage(source, {
    platform,
    defaultPlatform: hostPlatform(),
    onProgress: display.start(source.written),
    useIndex,
    plainHttp,
    env: process.env,
  });
}
