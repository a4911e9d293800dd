/** Longer than any word in the path of a tracker: a passkey. */
const secret = /^[\w-]{16,}$/;

/**
 * A tracker's address without what identifies its user: no credentials, no query, no passkey in the path. What is no
 * address is nothing. Pure.
 */
export function withoutPasskey(url: string): string {
  if (!URL.canParse(url)) return '';
  const { protocol, host, pathname } = new URL(url);
  const path = pathname
    .split('/')
    .map((part) => (secret.test(part) ? '…' : part))
    .join('/');
  return `${protocol}//${host}${path}`;
}

/** Whether a tracker's address says nothing of its user. */
export function isForEverybody(url: string): boolean {
  const shown = withoutPasskey(url);
  return shown === url || shown === url.replace(/\/$/, '') || shown === `${url}/`;
}

/** A magnet link whose trackers identify nobody. */
export function magnetWithoutPasskeys(magnet: string): string {
  const [head = '', query = ''] = magnet.split('?');
  const parts = query.split('&').flatMap((part) => {
    const [name = '', value = ''] = part.split('=');
    if (!/^tr(\.\d+)?$/.test(name)) return [part];
    let url: string;
    try {
      url = decodeURIComponent(value);
    } catch {
      return [];
    }
    // A tracker that asks for a passkey is of no use without it.
    return isForEverybody(url) ? [part] : [];
  });
  return `${head}?${parts.join('&')}`;
}
