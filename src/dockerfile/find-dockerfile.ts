/** The Dockerfile that BuildKit reads at this path: itself, or `dockerfile` beside a `Dockerfile` that is not there. Undefined when neither exists. */
export async function findDockerfile(
  path: string,
  exists: (path: string) => Promise<boolean>,
): Promise<string | undefined> {
  if (await exists(path)) return path;
  const lower = path.replace(/(^|\/)Dockerfile$/, '$1dockerfile');
  return lower !== path && (await exists(lower)) ? lower : undefined;
}
