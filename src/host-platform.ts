/** The platform that an engine on this machine builds for unless told otherwise: containers are Linux everywhere. */
export function hostPlatform(): string {
  return `linux/${architectures[process.arch] ?? process.arch}`;
}

/** Node's names where they are not those of Go. */
const architectures: Readonly<Record<string, string>> = { x64: 'amd64', ia32: '386', loong64: 'loong64' };
