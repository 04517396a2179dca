/** The `code` of an error of Node's own (`ENOENT`, `Z_DATA_ERROR`); '' for anything else. */
export function errorCode(error: unknown): string {
  const hasCode = typeof error === 'object' && error !== null && 'code' in error;
  return hasCode && typeof error.code === 'string' ? error.code : '';
}
