/**
 * Whether a shell command writes nothing outside the folders of distribution and tools: it installs packages, fetches
 * modules, adds accounts, makes empty folders, changes modes. Such a RUN is not asked whether it made a file of the
 * application. Anything that this little grammar does not know is not quiet.
 */
export function isQuiet(command: string): boolean {
  // Quotes may hold separators, and what is expanded or redirected may do anything.
  if (/[\n$`><|(){}'"\\*?[\]]/.test(command.replaceAll('||', '&&').replaceAll(harmlessRedirect, ' '))) return false;
  return command.split(/&&|\|\||;/).every((part) => isQuietWords(part.trim()));
}

const harmlessRedirect = /\s(?:2>&1|\d?>\s?\/dev\/null)(?=\s|$)/g;

function isQuietWords(words: string): boolean {
  return words === '' || quiet.some((pattern) => pattern.test(words));
}

const quiet: readonly RegExp[] = [
  /^(?:true|:|set [-+]\w+(?: pipefail)?|whoami|id|date|uname(?: -\w+)?)$/,
  /^(?:apt-get|apt)(?: -\S+)* (?:update|install|clean|upgrade|autoremove)(?: |$)/,
  /^apk(?: --?\S+)* (?:add|update|upgrade)(?: (?!--root\b|-p\b)\S+)*$/,
  /^(?:microdnf|dnf|yum)(?: -\S+)* (?:install|clean|update|makecache)(?: (?!--installroot\b)\S+)*$/,
  /^(?:mkdir|rmdir|rm|chmod|chown|chgrp|test) /,
  /^(?:adduser|addgroup|useradd|groupadd|usermod)(?: (?!-m\b|--create-home\b|-k\b)\S+)*$/,
  /^go mod (?:download|verify)(?: -x)?$/,
  /^corepack (?:enable|prepare)(?: \S+)*$/,
  /^rustup (?:target|component) add(?: \S+)*$/,
];
