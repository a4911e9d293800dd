const powers = ['', 'k', 'm', 'g', 't'];

/** Bytes of `500M`, `10G`, `1.5 TiB` or a plain number; suffixes are powers of 1024. Undefined for anything else. */
export function parseByteSize(text: string): number | undefined {
  const [, digits, unit] = /^\s*(\d{1,15}(?:\.\d{1,6})?)\s*([kmgt]?)(?:i?b)?\s*$/i.exec(text) ?? [];
  if (digits === undefined || unit === undefined) return undefined;
  const bytes = Math.round(Number(digits) * 1024 ** powers.indexOf(unit.toLowerCase()));
  return Number.isSafeInteger(bytes) ? bytes : undefined;
}
