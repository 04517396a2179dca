/** What a person types to leave credentials for a registry where we find them. */
export function loginCommand(host: string): string {
  return host === 'docker.io' ? 'docker login' : `docker login ${host}`;
}
