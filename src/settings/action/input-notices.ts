import { UserError } from '../../user-error.ts';
import { nearest } from '../nearest.ts';
import { quote } from '../quote.ts';
import { dockerOnlyNames, inputNames } from './input-names.ts';
import { booleanOf, type Environment, type InputReader } from './input-reader.ts';

/** One sentence for each input that is set and does nothing here. */
export function inputNotices(inputs: InputReader, undeclared: readonly string[]): readonly string[] {
  const attested = (['provenance', 'sbom'] as const).filter((name) => asksForAttestation(inputs.text(name)));
  return [
    ...(inputs.flag('push') ? [pushNotice] : []),
    ...attested.map((name) => `${name} does nothing here: an image that is only judged gets no attestations.`),
    ...undeclared
      .filter((name) => dockerOnlyNames.includes(name))
      .map((name) => `${name} is an input of docker/build-push-action that does nothing here.`),
  ];
}

/** Inputs that the step sets and action.yml does not know; throws for one that looks like a slip, which would switch a check off. */
export function undeclaredInputs(env: Environment): readonly string[] {
  const names = Object.keys(env)
    .filter((key) => key.startsWith('INPUT_') && env[key]?.trim() !== '')
    .map((key) => key.slice('INPUT_'.length).toLowerCase())
    .filter((name) => !inputNames.some((known) => known === name));
  for (const name of names) refuseSlip(name);
  return names;
}

const pushNotice = 'push does nothing here: nothing is pushed before it was judged, so push in a later step.';

function asksForAttestation(written: string | undefined): boolean {
  return written !== undefined && booleanOf(written) !== false;
}

function refuseSlip(name: string): void {
  if (dockerOnlyNames.includes(name)) return;
  const meant = synonyms.get(name) ?? nearest(name, inputNames);
  if (meant === undefined) return;
  throw new UserError(`There is no input ${quote(name)}; did you mean ${quote(meant)}?`, {
    hint: 'Names of inputs are written as in action.yml, with dashes.',
  });
}

/** What other tools and our own command line call the same thing. */
const synonyms: ReadonlyMap<string, string> = new Map([
  ['dockerfile', 'file'],
  ['args', 'build-args'],
  ['budget', 'max-size'],
  ['size', 'max-size'],
  ['add-host', 'add-hosts'],
  ['extra-hosts', 'add-hosts'],
  ['token', 'github-token'],
]);
