import type { Profile } from '../../profile/profile.ts';
import { shorten } from './shorten.ts';

/** Who runs what in the image: `` Runs `/nodejs/bin/node dist/server.js` as nonroot (uid 65532, gid 65532) in `/app`. `` */
export function runPhrase({ user, config }: Pick<Profile, 'user' | 'config'>): string {
  const words = [...(config.entrypoint ?? []), ...(config.cmd ?? [])];
  const command = words.length === 0 ? 'Runs' : `Runs ${code(words.join(' '))}`;
  const place = config.workingDir === '' ? '' : ` in ${code(config.workingDir)}`;
  return `${command} as ${describeUser(user)}${place}.`;
}

function describeUser({ name, configured, uid, gid }: Profile['user']): string {
  const known = name ?? configured;
  if (uid === null) return `a user that the image does not know (${code(known)})`;
  const ids = gid === null ? `uid ${uid}` : `uid ${uid}, gid ${gid}`;
  return known === '' || known === String(uid) ? ids : `${code(known)} (${ids})`;
}

function code(text: string): string {
  return `\`${shorten(text, 120).replaceAll('`', "'")}\``;
}
