/** Whether something thrown is an operating system's error, such as ENOENT; also one from another realm. */
export function isSystemError(error: unknown): error is { code: string } {
  return typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string';
}
