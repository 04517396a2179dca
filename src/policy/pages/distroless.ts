import type { RulePage } from '../rule-page.ts';

/** What a person has to say about rule `distroless`. */
export const page: RulePage = {
  why: 'A program that an attacker can make the service start is worth most when it is a shell or something that fetches more software. An image that has neither offers neither.',
  counts: [
    'Every executable regular file of the root filesystem, in any directory, that is called like a shell or a package manager; versions and variants (`pip3.13`, `zsh-5.9`, `busybox.static`) too.',
    'A file under another name counts when a hard link or a symlink bears such a name, or when its content is that of busybox or toybox. Everything that leads to one file is one finding.',
    'Package managers are those of distributions (`apt`, `dpkg`, `apk`, `rpm`, …) and those of languages (`pip`, `npm`, `gem`, `cargo`, …), since both install what was never reviewed.',
    'Directories, files that nobody may execute, dangling links and package databases such as `/var/lib/dpkg/status.d` do not count. Nor do interpreters such as `python` or `node`, and runtimes that can also install, such as `bun`.',
    'A file that a later layer deleted is not in the root filesystem and does not count.',
  ],
  fix: [
    'Base the final stage on `scratch`, `gcr.io/distroless/…` (not a `debug` tag) or another image without them.',
    'Copy programs and libraries out of the build stage one by one instead of whole folders such as `/usr`.',
    'For a look inside a running container use `kubectl debug` or `docker debug` instead of a shell in the image.',
  ],
  config: ['policy:', '  rules:', '    distroless: [error, { also-forbid: [curl, wget] }]'],
  waiverPath: '/busybox/**',
  waiverReason: 'the start script is being replaced',
};
