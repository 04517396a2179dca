/**
 * True for environment variables that Docker, buildx, what they start (git, ssh, credential helpers), the Go runtime
 * or the loader obey. A build argument travels as such a variable, so one of these names would change the client.
 */
export function steersDocker(name: string): boolean {
  return (
    !FRONTEND_ARGUMENTS.has(name) &&
    (NAMES.has(name) || PREFIXES.some((prefix) => name.startsWith(prefix)) || GIT.test(name))
  );
}

/** Arguments of the Dockerfile frontend that share a prefix with the client's variables. */
const FRONTEND_ARGUMENTS: ReadonlySet<string> = new Set([
  'BUILDKIT_BUILD_NAME',
  'BUILDKIT_CACHE_MOUNT_NS',
  'BUILDKIT_CONTEXT_KEEP_GIT_DIR',
  'BUILDKIT_DOCKERFILE_CHECK',
  'BUILDKIT_INLINE_CACHE',
  'BUILDKIT_MULTI_PLATFORM',
  'BUILDKIT_SANDBOX_HOSTNAME',
  'BUILDKIT_SYNTAX',
]);

const PREFIXES: readonly string[] = [
  ...['DOCKER_', 'BUILDX_', 'BUILDKIT_', 'MOBY_', 'COMPOSE_', 'OTEL_'],
  ...['LD_', 'DYLD_', 'MALLOC_', 'XDG_', 'SSL_CERT_', 'SSH_', 'SUDO_', 'DBUS_', 'PASSWORD_STORE_'],
  // Build cache back ends and registry credential helpers sign in with these.
  ...['AWS_', 'AZURE_', 'ACTIONS_', 'CLOUDSDK_', 'KUBERNETES_'],
];

const NAMES: ReadonlySet<string> = new Set([
  ...['PATH', 'HOME', 'PWD', 'TMPDIR', 'TMP', 'TEMP', 'BASH_ENV', 'GNUPGHOME', 'KUBECONFIG'],
  ...['GODEBUG', 'GOGC', 'GOMAXPROCS', 'GOMEMLIMIT', 'GORACE', 'GOTRACEBACK', 'GOCOVERDIR', 'GOFIPS140'],
  ...['GLIBC_TUNABLES', 'GCONV_PATH', 'LOCALDOMAIN', 'RES_OPTIONS', 'HOSTALIASES'],
  ...['PYTHONPATH', 'PYTHONHOME', 'GOOGLE_APPLICATION_CREDENTIALS', 'EXPERIMENTAL_DOCKER_DESKTOP_FORCE_QEMU'],
  ...['USERPROFILE', 'HOMEDRIVE', 'HOMEPATH', 'APPDATA', 'LOCALAPPDATA', 'PROGRAMDATA', 'PROGRAMFILES'],
  ...['SYSTEMROOT', 'COMSPEC', 'PATHEXT'],
]);

/** Git's own (`git help git`), by which it runs programs or reads elsewhere; GIT_COMMIT, GIT_TAG and the like are only data. */
const GIT = new RegExp(
  `^GIT_(?:${[
    'ALLOW_PROTOCOL|ALTERNATE_OBJECT_DIRECTORIES|ASKPASS|ATTR_.*|AUTHOR_.*|CEILING_DIRECTORIES|COMMITTER_.*|COMMON_DIR',
    'CONFIG.*|CURL_.*|DEFAULT_.*|DIR|DISCOVERY_ACROSS_FILESYSTEM|EDITOR|EXEC_PATH|EXTERNAL_DIFF|FLUSH|GRAFT_FILE|HTTP_.*',
    'INDEX_.*|INTERNAL_.*|NAMESPACE|NO_.*|OBJECT_DIRECTORY|OPTIONAL_LOCKS|PAGER.*|PREFIX|PROTOCOL.*|PROXY_.*|REDIRECT_.*',
    'REF_PARANOIA|REPLACE_.*|SEQUENCE_EDITOR|SHALLOW_FILE|SSH.*|SSL_.*|TEMPLATE_DIR|TERMINAL_PROMPT|TRACE.*|WORK_TREE',
  ].join('|')})$`,
);
