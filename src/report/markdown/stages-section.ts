import type { ImageReport } from '../report.ts';
import { drawMermaid } from '../stages/mermaid.ts';
import { count } from '../view/count.ts';
import { section } from './section.ts';

/** The stage graph as a picture. Empty where only BuildKit knows the stages. */
export function stagesSection({ stages }: ImageReport): string {
  if (stages.length === 0) return '';
  const unneeded = stages.filter((stage) => !stage.isNeeded).length;
  const summary = `${count(stages.length, 'stage')}${unneeded === 0 ? '' : `, ${unneeded} not needed`}`;
  return section('Stage graph', summary, `\`\`\`mermaid\n${drawMermaid(stages)}\n\`\`\``);
}
