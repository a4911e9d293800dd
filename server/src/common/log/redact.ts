/** Keys whose values never reach a log. */
const secretKey = /pass(word|wd)?|secret|token|authorization|cookie|signature|api_?key|credential|hash$/i;
/** Secrets inside text: signed URLs, bearer tokens, credentials in a connection URL. */
const secretText: readonly [RegExp, string][] = [
  [
    /([?&](?:(?:x-amz-)?(?:signature|credential|security-token)|token|key|apikey|access_token)=)[^&\s"']+/gi,
    '$1***',
  ],
  [/(bearer\s+)[\w.~+/-]+=*/gi, '$1***'],
  [/(\w+:\/\/)[^\s/@:]*:[^\s/@]*@/g, '$1***@'],
];

const redactText = (text: string): string =>
  secretText.reduce((result, [pattern, replacement]) => result.replace(pattern, replacement), text);

/** A copy that may be written to a log: secrets masked, errors flattened, depth, width and length bounded. */
export function redact(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return redactText(value.length > 2000 ? `${value.slice(0, 2000)}…` : value);
  if (typeof value === 'bigint') return value.toString();
  if (value instanceof Error) {
    return {
      name: value.name,
      message: redactText(value.message),
      stack: redactText(value.stack ?? '')
        .split('\n')
        .slice(1, 6)
        .map((line) => line.trim()),
    };
  }
  if (typeof value !== 'object' || value === null) return value;
  if (depth >= 4) return '…';
  if (Array.isArray(value)) return value.slice(0, 50).map((item) => redact(item, depth + 1));
  return Object.fromEntries(
    Object.entries(value)
      .slice(0, 50)
      .map(([key, item]) => [key, secretKey.test(key) ? '***' : redact(item, depth + 1)]),
  );
}
