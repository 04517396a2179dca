/**
 * Whether a source is taken for a file by its name alone: `package*.json`, `go.sum`, `entrypoint.sh`. A folder of such
 * a name would have to be made on purpose.
 */
export function endsLikeFile(path: string): boolean {
  return likeFile.test(path);
}

const likeFile = new RegExp(
  `\\.(?:${[
    ...['json', 'ya?ml', 'toml', 'xml', 'lock', 'lockb', 'mod', 'sum', 'txt', 'md', 'ini', 'cfg', 'conf', 'properties'],
    ...[
      'gradle',
      'kts',
      'sln',
      'csproj',
      'sh',
      'js',
      'mjs',
      'cjs',
      'jsx',
      'ts',
      'tsx',
      'py',
      'rb',
      'rs',
      'java',
      'c',
      'h',
    ],
    ...[
      'jar',
      'war',
      'whl',
      'so',
      'a',
      'o',
      'exe',
      'dll',
      'wasm',
      'zip',
      'tar',
      'gz',
      'tgz',
      'xz',
      'bz2',
      'zst',
      'deb',
      'apk',
      'rpm',
    ],
    ...['pem', 'crt', 'key', 'html', 'css', 'svg', 'png', 'sql', 'env'],
  ].join('|')})$`,
);
