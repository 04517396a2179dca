import { readText } from '../baseline/read-text.ts';
import { compareImages, type PlatformChoice } from '../compare-images.ts';
import { escapeTerminal } from '../escape.ts';
import { endChildren } from '../exec/children.ts';
import { exitOnInterruption } from '../exec/interruption.ts';
import { hostPlatform } from '../host-platform.ts';
import type { Image } from '../image/image.ts';
import { openImage } from '../open-image.ts';
import { type CompareFlags, type CompareSettings, readCompareSettings } from '../settings/compare-settings.ts';
import type { ImageSource } from '../settings/image-source.ts';
import { exitCodes } from './exit-codes.ts';
import { type ReadingDisplay, showReading } from './progress/show-reading.ts';
import { writeOutputs } from './write-outputs.ts';

/** `stagegate compare BASE HEAD`: gives the exit code; bad calls, unlike things and what cannot be opened are thrown as UserError. */
export async function compare(base: string, head: string, flags: CompareFlags): Promise<number> {
  const settings = await readCompareSettings({ base, head, flags, cwd: process.cwd() });
  sayGuesses(settings);
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
    const report = await compareImages(settings, {
      now: () => new Date(),
      hostPlatform: hostPlatform(),
      readText,
      openImage: (source, choice) => open(source, choice, { settings, display }),
    });
    display.close();
    await writeOutputs(report, settings.outputs, { paths: settings.top });
    return exitCodes[report.verdict];
  } finally {
    display.close();
    await endChildren();
  }
}

function sayGuesses({ base, head, namedBase }: CompareSettings): void {
  for (const side of [base, head, namedBase]) {
    if (side === undefined || side.transport === 'report' || side.guess === undefined) continue;
    process.stderr.write(`stagegate: ${escapeTerminal(side.guess)}\n`);
  }
}

function open(
  source: ImageSource,
  choice: PlatformChoice,
  { settings, display }: { readonly settings: CompareSettings; readonly display: ReadingDisplay },
): Promise<Image> {
  const { useIndex, plainHttp } = settings;
  const onProgress = display.start(source.written);
  return openImage(source, { ...choice, onProgress, useIndex, plainHttp, env: process.env });
}
