import { type FoundPackage, isFit } from './file-facts.ts';
import { linesOf } from './text-lines.ts';

/** The package of a pom.properties as Maven writes it into archives; its name is `group:artifact`. */
export function readPomProperties(text: string): FoundPackage[] {
  let group: string | undefined;
  let artifact: string | undefined;
  let version: string | undefined;
  for (const line of linesOf(text)) {
    const [, key, value] = /^\s{0,9}(groupId|artifactId|version)\s{0,9}[=:]\s{0,9}(\S{1,300})/.exec(line) ?? [];
    if (key === 'groupId') group = value;
    if (key === 'artifactId') artifact = value;
    if (key === 'version') version = value;
  }
  if (!isFit(group) || !isFit(artifact) || !isFit(version)) return [];
  return [{ type: 'maven', name: `${group}:${artifact}`, version }];
}
