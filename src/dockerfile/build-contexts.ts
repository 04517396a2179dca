import { contextKey } from './image-reference.ts';

/** A build context that stands in for a stage or an image; `name` as the user gave it. */
export type NamedContext = { readonly name: string; readonly value: string };

export type FindContext = (name: string, platform: string) => NamedContext | undefined;

/**
 * Looks build contexts up as BuildKit does, by the name's short form: `docker.io/library/alpine:latest` and `alpine`
 * are one. A key may end in `::os/arch`. `scratch` and `context` are never replaced.
 */
export function contextFinder(buildContexts: Readonly<Record<string, string>>): FindContext {
  const contexts = new Map(Object.entries(buildContexts).map(([name, value]) => [normalKey(name), { name, value }]));
  return (name, platform) => {
    if (['scratch', 'context'].includes(name.toLowerCase())) return undefined;
    const key = contextKey(name);
    return key === undefined ? undefined : (contexts.get(`${key}::${platform}`) ?? contexts.get(key));
  };
}

function normalKey(written: string): string {
  const [name = '', platform] = written.split('::', 2);
  const key = contextKey(name) ?? name;
  return platform === undefined ? key : `${key}::${platform}`;
}
