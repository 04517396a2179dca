import { contextKey, parseImageReference } from './image-reference.ts';
import type { Need, Node } from './resolve-stages.ts';
import type { Refusal } from './stage-graph.ts';

/** What BuildKit refuses whatever the target: a base or source that no image can be called, and stages that copy from each other in a circle. */
export function refuseGraph(nodes: readonly Node[]): readonly Refusal[] {
  return [...nodes.flatMap(refuseName), ...nodes.flatMap(refuseReference), ...refuseCycle(nodes)];
}

/** What BuildKit refuses only in stages that this target needs: a source that is not built yet, and triggers of ONBUILD that do not parse. */
export function refuseTarget(target: Node): readonly Refusal[] {
  return [...reachableFrom(target)].sort((a, b) => a.position - b.position).flatMap(refuseNeeded);
}

/** Every state that BuildKit prepares for the target; a replaced stage still counts what its instructions name. */
function reachableFrom(target: Node): ReadonlySet<Node> {
  const reachable = new Set<Node>();
  const open = [target];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (reachable.has(node)) continue;
    reachable.add(node);
    if (node.base !== undefined) open.push(node.base);
    open.push(...allNeeds(node).map((need) => need.node));
  }
  return reachable;
}

function allNeeds(node: Node): readonly Need[] {
  return [...node.triggers.flatMap((trigger) => trigger.needs), ...node.needs];
}

/** BuildKit looks a build context up for every stage name, and refuses a name that none can have. */
function refuseName({ stage, line }: Node): readonly Refusal[] {
  const name = stage?.name;
  if (name === undefined || name === 'scratch' || name === 'context' || contextKey(name) !== undefined) return [];
  const remedy = 'End the name with a letter or digit, and do not put two signs in a row.';
  return [{ line, message: `Line ${line} names its stage ${name}, which BuildKit does not take.`, remedy }];
}

function refuseReference(node: Node): readonly Refusal[] {
  const { baseName, line } = node;
  if (node.base !== undefined || baseName === undefined || baseName === '') return [];
  if ((baseName === 'scratch' && node.replacedBy === undefined) || parseImageReference(baseName) !== undefined)
    return [];
  const isCased = parseImageReference(baseName.toLowerCase()) !== undefined;
  const why = isCased
    ? 'a stage is matched by its lower-case name and an image has no capitals'
    : 'it is neither a stage nor a valid image name';
  const remedy = isCased ? `Write ${baseName.toLowerCase()}.` : 'Correct the name.';
  return [{ line, message: `Line ${line} takes files from ${baseName}: ${why}.`, remedy }];
}

function refuseCycle(nodes: readonly Node[]): readonly Refusal[] {
  const done = new Set<Node>();
  for (const node of nodes) {
    const cycle = findCycle(node, done);
    if (cycle === undefined) continue;
    const names = cycle.map((need) => nodeName(need.node));
    const line = cycle.at(-1)?.line ?? node.line;
    const message = `Line ${line} closes a circle: ${[names.at(-1), ...names].join(' takes from ')}.`;
    return [{ line, message, remedy: 'Move what both stages need into a third one.' }];
  }
  return [];
}

/** The needs along a circle, without FROM: BuildKit looks at COPY and mounts only. A loop, since a file can chain thousands of stages. */
function findCycle(start: Node, done: Set<Node>): readonly Need[] | undefined {
  const path: { readonly node: Node; readonly via: Need | undefined; next: number }[] = [
    { node: start, via: undefined, next: 0 },
  ];
  for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
    const need = done.has(top.node) ? undefined : top.node.needs[top.next++];
    if (need === undefined) {
      done.add(top.node);
      path.pop();
      continue;
    }
    const at = path.findIndex(({ node }) => node === need.node);
    if (at >= 0) return [...path.slice(at + 1).flatMap(({ via }) => (via === undefined ? [] : [via])), need];
    if (!done.has(need.node)) path.push({ node: need.node, via: need, next: 0 });
  }
  return undefined;
}

function refuseNeeded(node: Node): readonly Refusal[] {
  if (node.stage === undefined || node.replacedBy !== undefined) return [];
  const triggers = node.triggers.flatMap(({ problem, keyword }) => {
    if (problem === undefined) return [];
    const message = `The ONBUILD ${keyword} of the base on line ${node.line} ${problem.reason.replace(/\.$/, '')}.`;
    return [{ line: node.line, message, remedy: problem.remedy }];
  });
  return [...triggers, ...allNeeds(node).flatMap((need) => refuseForward(node, need))];
}

function refuseForward(node: Node, { node: source, by, from, line, isRead }: Need): readonly Refusal[] {
  if (!isRead || source.stage === undefined || source.replacedBy !== undefined || source.position <= node.position)
    return [];
  const verb = by === 'copy' ? 'copies from' : 'mounts';
  const message = `Line ${line} ${verb} the stage ${from ?? nodeName(source)}, which begins only on line ${source.line}.`;
  return [{ line, message, remedy: `Move the stage ${nodeName(source)} above line ${node.line}.` }];
}

function nodeName(node: Node): string {
  return node.stage?.name ?? (node.stage === undefined ? (node.baseName ?? '') : `stage ${node.position}`);
}
