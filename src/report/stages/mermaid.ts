import { formatDuration } from '../format-duration.ts';
import type { StageReport } from '../report.ts';
import { type Dependency, drawnDependencies, externalSources } from './dependencies.ts';
import { mermaidLabel } from './mermaid-label.ts';
import { stageName } from './stage-name.ts';

const maxStages = 40;
const widest = 8;

/** The stage graph as a Mermaid flowchart: durations in the stages, the stages that no target needs drawn apart. */
export function drawMermaid(stages: readonly StageReport[]): string {
  const shown = chooseStages(stages);
  const sources = externalSources(shown);
  const lines = [
    ...sources.map(
      ({ id, label }) => `${id}(["${mermaidLabel(label.replace(/^docker\.io\/(library\/)?/, ''))}"]):::source`,
    ),
    ...shown.filter((stage) => stage.isNeeded).map(stageNode),
    ...unneededGroup(shown),
    ...drawnDependencies(shown, sources).map(edge),
    ...leftOut(stages.length - shown.length),
    ...styles,
  ];
  // A wide picture is scaled down to the page, so that many stages go downwards.
  return [`flowchart ${shown.length > widest ? 'TB' : 'LR'}`, ...lines.map((line) => `  ${line}`)].join('\n');
}

// Strokes only: the fill of the page shows through, so that light and dark themes both stay readable.
const styles = [
  'classDef final stroke:#2da44e,stroke-width:3px',
  'classDef test stroke:#8250df,stroke-width:3px',
  'classDef source fill:none,stroke:#8c959f',
  'classDef unneeded fill:none,stroke:#8c959f,stroke-dasharray:4 4',
];

/** Needed stages first, where a Dockerfile has more than a picture can show. */
function chooseStages(stages: readonly StageReport[]): readonly StageReport[] {
  if (stages.length <= maxStages) return stages;
  const byNeed = [...stages].sort((a, b) => Number(b.isNeeded) - Number(a.isNeeded) || a.index - b.index);
  return byNeed.slice(0, maxStages).sort((a, b) => a.index - b.index);
}

function stageNode(stage: StageReport): string {
  const role = stage.isFinal ? ':::final' : stage.isTest ? ':::test' : '';
  return `s${stage.index}["${nodeLabel(stage)}"]${stage.isNeeded ? role : ':::unneeded'}`;
}

function nodeLabel(stage: StageReport): string {
  const facts = [];
  if (stage.isFinal) facts.push('final');
  if (stage.isTest) facts.push('test');
  if (stage.cached === true) facts.push('cached');
  else if (stage.durationMs !== undefined) facts.push(formatDuration(stage.durationMs));
  const name = `<b>${mermaidLabel(stageName(stage))}</b>`;
  return facts.length === 0 ? name : `${name}<br/>${facts.join(', ')}`;
}

function unneededGroup(stages: readonly StageReport[]): string[] {
  const unneeded = stages.filter((stage) => !stage.isNeeded);
  if (unneeded.length === 0) return [];
  return [
    'subgraph unneeded ["not needed"]',
    ...unneeded.map((stage) => `  ${stageNode(stage)}`),
    'end',
    'class unneeded unneeded',
  ];
}

function edge({ from, to, by }: Dependency): string {
  if (by === 'from') return `${from} --> ${to}`;
  return by === 'copy' ? `${from} -. copy .-> ${to}` : `${from} -. mount .-> ${to}`;
}

function leftOut(count: number): string[] {
  return count > 0 ? [`more["… and ${count} more"]:::unneeded`.replace('…', '#8230;')] : [];
}
