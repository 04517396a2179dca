/**
 * The file whose patterns BuildKit applies to the build context: `<Dockerfile>.dockerignore` beside the Dockerfile,
 * else `.dockerignore` at the root of the context; never both, and an empty one counts. Paths use `/`. `dockerfile` is
 * the one that is read (see `findDockerfile`): beside a `dockerfile`, `Dockerfile.dockerignore` is not looked at.
 */
export async function findIgnoreFile(
  paths: { readonly context: string; readonly dockerfile: string },
  exists: (path: string) => Promise<boolean>,
): Promise<string | undefined> {
  const own = `${paths.dockerfile}.dockerignore`;
  if (await exists(own)) return own;
  const shared = `${paths.context.replace(/\/+$/, '')}/.dockerignore`;
  return (await exists(shared)) ? shared : undefined;
}
