import { execFileSync } from 'node:child_process';
import { repository } from './repository.mjs';

/** Base images that the cases build on, as scripts/base-images calls them. */
const BASES = 'busybox golang node static frontend';

/** The environment in which plain `docker` works: the machine's own engine, else the private one with its base images. */
export function openEngine() {
  const script = `
    exports=$(scripts/engine default) && eval "$exports"
    [ -z "$exports" ] || STAGEGATE_BASES=$0 scripts/base-images containerd >&2
    env -0`;
  const env = readEnvironment(run('bash', ['-ec', script, BASES], process.env));
  const exportsOci = canExportOci(env);
  return { env, exportsOci, description: exportsOci ? 'a builder that writes OCI' : "Docker's classic image store" };
}

function readEnvironment(printed) {
  const pairs = printed.split('\0').filter((line) => line.includes('='));
  return Object.fromEntries(pairs.map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]));
}

/** As `check` decides it: on the classic store of the docker driver an image can only be loaded and saved. */
function canExportOci(env) {
  if (!/^Driver:\s+docker$/m.test(run('docker', ['buildx', 'inspect', '--bootstrap'], env))) return true;
  return run('docker', ['info', '--format={{json .DriverStatus}}'], env).includes('io.containerd.snapshotter.');
}

function run(program, args, env) {
  return execFileSync(program, args, { cwd: repository, env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
}
