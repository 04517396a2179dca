import { escapeTerminal } from '../../escape.ts';
import { formatDuration } from '../format-duration.ts';
import type { StageReport } from '../report.ts';
import { alignColumns, type Cell } from '../text/columns.ts';
import type { Screen } from '../text/screen.ts';
import { shorten } from '../view/shorten.ts';
import { stageName } from './stage-name.ts';

const columns = [
  { title: 'LINE', align: 'right' },
  { title: 'STAGE' },
  { title: 'ROLE' },
  { title: 'TIME', align: 'right' },
  { title: 'TAKES FROM' },
] as const;

/** The stages in file order as a table; those that neither test nor final target needs are dimmed and say so. */
export function stageLines(stages: readonly StageReport[], screen: Screen): string[] {
  const names = new Map(stages.map((stage) => [stage.index, stageName(stage)]));
  const hasTime = stages.some((stage) => stage.durationMs !== undefined);
  const shown = hasTime ? columns : columns.filter(({ title }) => title !== 'TIME');
  const rows = stages.map((stage) =>
    stageRow(stage, names).filter((_, at) => hasTime || columns[at]?.title !== 'TIME'),
  );
  return alignColumns(shown, rows, { ...screen, indent: '' });
}

function stageRow(stage: StageReport, names: ReadonlyMap<number, string>): Cell[] {
  const style = stage.isFinal ? 'pass' : stage.isTest ? 'code' : stage.isNeeded ? undefined : 'dim';
  const styled = (text: string): Cell => (style === undefined ? { text } : { text, style });
  return [
    styled(String(stage.line)),
    styled(escapeTerminal(shorten(stageName(stage), 40))),
    styled(roleOf(stage)),
    styled(timeOf(stage)),
    styled(escapeTerminal(sourcesOf(stage, names))),
  ];
}

function roleOf({ isFinal, isTest, isNeeded }: StageReport): string {
  const roles = [...(isFinal ? ['final'] : []), ...(isTest ? ['test'] : [])];
  return roles.length > 0 ? roles.join(', ') : isNeeded ? '' : 'not needed';
}

function timeOf({ cached, durationMs }: StageReport): string {
  if (cached === true) return 'cached';
  return durationMs === undefined ? '' : formatDuration(durationMs);
}

/** `node:24, copy from deps (line 21)`: the base first, then what is copied or mounted. */
function sourcesOf({ base, dependsOn }: StageReport, names: ReadonlyMap<number, string>): string {
  const taken = dependsOn
    .filter(({ by }) => by !== 'from')
    .map(({ by, stage, image, context, line }) => {
      const source = stage === undefined ? (image ?? `context ${context}`) : (names.get(stage) ?? `stage ${stage}`);
      return `${by} from ${source} (line ${line})`;
    });
  return [base, ...taken].join(', ');
}
