/** Whether a version comes before another in the order of semantic versions (semver.org, 11). */
export function isOlder(version: string, than: string): boolean {
  const [a, b] = [partsOf(version), partsOf(than)];
  const numbers = compareAll(a.numbers, b.numbers);
  if (numbers !== 0) return numbers < 0;
  if (a.pre.length === 0 || b.pre.length === 0) return a.pre.length > b.pre.length;
  return compareAll(a.pre, b.pre) < 0;
}

function partsOf(version: string): { numbers: string[]; pre: string[] } {
  const [, numbers = '', pre = ''] = /^([\d.]+)(?:-([^+]*))?/.exec(version) ?? [];
  return { numbers: numbers.split('.'), pre: pre === '' ? [] : pre.split('.') };
}

function compareAll(left: readonly string[], right: readonly string[]): number {
  const differing = left.findIndex((part, index) => part !== right[index]);
  if (differing === -1) return left.length - right.length;
  const [a = '', b] = [left[differing], right[differing]];
  return b === undefined ? 1 : comparePart(a, b);
}

/** Numbers by value, and before words. */
function comparePart(a: string, b: string): number {
  const [isNumber, other] = [/^\d+$/.test(a), /^\d+$/.test(b)];
  if (isNumber && other) return Number(a) - Number(b);
  if (isNumber !== other) return isNumber ? -1 : 1;
  return a < b ? -1 : 1;
}
