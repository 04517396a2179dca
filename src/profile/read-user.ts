import type { Image } from '../image/image.ts';
import type { RootFilesystem } from '../image/root-filesystem.ts';
import type { FinalChain } from './final-chain.ts';
import { historyText } from './history-match.ts';
import type { Profile } from './profile.ts';
import { resolveUser } from './resolve-user.ts';

/** The effective user, and who set it: this Dockerfile (with its line), the base image, or nobody (Docker's default, root). */
export function readUser(image: Image, filesystem: RootFilesystem, chain: FinalChain | undefined): Profile['user'] {
  const configured = image.config.user;
  return { configured, ...resolveUser(configured, filesystem), ...whoSet(image, chain) };
}

function whoSet(image: Image, chain: FinalChain | undefined): Pick<Profile['user'], 'setBy' | 'line'> {
  const own = chain?.stages
    .flatMap((stage) => [...stage.instructions].reverse())
    .find((instruction) => instruction.keyword === 'USER');
  if (own !== undefined) return { setBy: 'own', line: own.lines.start };
  if (image.config.user === '') return { setBy: 'default' };
  return { setBy: chain === undefined && wasLastSetByBuildKit(image) ? 'own' : 'base' };
}

/** Without a stage graph, a USER at the very end of BuildKit's history is the best sign of whose it is. */
function wasLastSetByBuildKit({ history }: Image): boolean {
  const lastLayer = history.findLastIndex((entry) => !entry.isEmpty);
  return history.slice(lastLayer + 1).some((entry) => historyText(entry).startsWith('USER '));
}
