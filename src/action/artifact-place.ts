import type { ArtifactPlace } from '../baseline/find-in-artifact.ts';
import { pushRuns } from '../github/push-runs.ts';
import { artifactAddress, runArtifact } from '../github/run-artifacts.ts';
import { download } from '../network/download.ts';
import { guardedFetch } from '../network/guarded-fetch.ts';
import type { Step } from './prepare.ts';

const timeLimitMs = 60_000;

/** How artifacts of the base branch's runs are asked for; a string is the reason why they cannot be. */
export function artifactPlace({ env, event, github }: Step): ArtifactPlace | string {
  const { repository } = event;
  const workflowPath = /^[^/]+\/[^/]+\/(.+?)@/.exec(event.workflowRef ?? '')?.[1];
  if (github === undefined) return 'the input github-token is empty';
  if (workflowPath === undefined) return 'the path of this workflow is not known';
  return {
    listRuns: (branch) => pushRuns(github, { repository, branch, workflowPath }),
    findArtifact: ({ id: run }, name) => runArtifact(github, { repository, run, name }),
    download: async (artifact, limitBytes) => {
      const address = await artifactAddress(github, { repository, artifact });
      if ('warning' in address) return address;
      const bytes = await download(guardedFetch(env), address.value, { limitBytes, timeLimitMs });
      return typeof bytes === 'string' ? { warning: `artifact ${artifact} ${bytes}` } : { value: bytes };
    },
  };
}
