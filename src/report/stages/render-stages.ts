import type { StageReport } from '../report.ts';
import { stageSchema } from '../report.ts';
import { createPaint } from '../text/paint.ts';
import { toJson } from '../to-json.ts';
import { drawMermaid } from './mermaid.ts';
import { stageLines } from './stage-lines.ts';

export type StagesFormat = 'text' | 'json' | 'mermaid';

/** The stage graph for `stagegate stages`: a table for people, JSON (`{ stages: [...] }`), or a Mermaid flowchart. Ends in a newline. */
export function renderStages(
  stages: readonly StageReport[],
  format: StagesFormat,
  screen: { readonly color: boolean; readonly width: number } = { color: false, width: 100 },
): string {
  switch (format) {
    case 'json':
      return toJson({ stages: stages.map((stage) => stageSchema.parse(stage)) });
    case 'mermaid':
      return `${drawMermaid(stages)}\n`;
    case 'text':
      return `${stageLines(stages, { paint: createPaint(screen.color), width: screen.width }).join('\n')}\n`;
  }
}
