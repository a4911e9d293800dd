/**
 * The code of an error of the operating system (`ENOENT`, `EACCES`…), or undefined for any other error. By shape and
 * not by class: an error may come from another realm, as all of Node's own do under Jest.
 */
export function systemErrorCode(error: unknown): string | undefined {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : undefined;
}
