import { repositoryPath } from '../view/repository-path.ts';
import type { Links } from './links.ts';

/** Addresses of files at one commit on GitHub; `prefix` is the working directory as seen from the repository's root. */
export function commitLinks({
  serverUrl,
  repository: { owner, name },
  commit,
  prefix,
}: {
  readonly serverUrl: string;
  readonly repository: { readonly owner: string; readonly name: string };
  readonly commit: string;
  readonly prefix?: string;
}): Links {
  const root = `${serverUrl}/${[owner, name, 'blob', commit].map(encodeURIComponent).join('/')}`;
  return {
    file: (path, line) => {
      const segments = repositoryPath(path, prefix)?.split('/');
      if (segments === undefined) return undefined;
      return `${root}/${segments.map(encodeURIComponent).join('/')}${line === undefined ? '' : `#L${line}`}`;
    },
  };
}
