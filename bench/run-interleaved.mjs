/**
 * Measures every side once a run, so that a change in the machine's load meets all of them; each run begins with another
 * side. Sides are functions of the run's number that give seconds. Gives the samples of each under its name.
 */
export async function runInterleaved(runs, sides) {
  const names = Object.keys(sides);
  const samples = Object.fromEntries(names.map((name) => [name, []]));
  for (let run = 0; run < runs; run += 1) {
    for (const name of rotate(names, run)) samples[name].push(await sides[name](run));
  }
  return samples;
}

function rotate(list, by) {
  const first = by % list.length;
  return [...list.slice(first), ...list.slice(0, first)];
}
