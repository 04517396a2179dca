import { type FindBaseline, findNothing } from '../baseline/find-baseline.ts';
import { type BaselinePlaces, chosenBaseline } from '../baseline-places.ts';
import type { BaselineChoice } from '../settings/baseline-choice.ts';

/** Where the command line finds what to compare with: what was named, else nowhere, since nothing is fetched or built unasked. */
export function baselineFinder(places: BaselinePlaces): FindBaseline {
  return chosenBaseline((choice) => find(choice, places));
}

function find(choice: BaselineChoice | undefined, places: BaselinePlaces): FindBaseline {
  switch (choice?.kind) {
    case 'file':
      return places.file(choice);
    case 'image':
      return places.image(choice.source);
    case 'rebuild':
      return choice.revision === undefined ? findNothing(noBaseCommit) : places.rebuild(choice.revision);
    case 'cache':
      return findNothing({ source: 'actions-cache', reason: onlyInActions });
    case 'artifact':
      return findNothing({ source: 'artifact', reason: onlyInActions });
    case 'none':
      return findNothing({ source: 'none', reason: 'none was asked for' });
    default:
      return findNothing({
        source: 'file',
        reason: 'none was named; `--record FILE` keeps this run as one, `--baseline FILE` compares with it',
      });
  }
}

const onlyInActions = 'only a run of GitHub Actions can ask there; `--baseline FILE` compares with a recorded report';
const noBaseCommit = {
  source: 'rebuild',
  reason: 'only a run of GitHub Actions knows the base commit; `--baseline rebuild:COMMIT` names one',
};
