/** @returns JSON, or undefined for what JSON leaves out, such as `undefined` itself. @throws TypeError as it does */
export function encodeValue(value: unknown): string | undefined {
  return JSON.stringify(value);
}
