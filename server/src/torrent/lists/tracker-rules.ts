import { hostVerdict, parseAddress } from '../../common/fetch/host-rules.js';

export type TrackerVerdict = 'allowed' | 'malformed' | 'scheme' | 'private-address' | 'blocked';

export interface TrackerRules {
  /** Hosts (`tracker.example.org`, `*.example.org` with the host itself), or beginnings of addresses (`http://host/x`). */
  readonly blocked: readonly string[];
  readonly allowPrivate: boolean;
}

const TRACKER_SCHEMES: ReadonlySet<string> = new Set(['http', 'https', 'udp', 'ws', 'wss']);
const WEB_SEED_SCHEMES: ReadonlySet<string> = new Set(['http', 'https']);

/** Whether a tracker may be given to the engine. Asks no name server: names are checked again when they are resolved. */
export function trackerVerdict(url: string, rules: TrackerRules): TrackerVerdict {
  return verdict(url, rules, TRACKER_SCHEMES);
}

/** Those that may be given to the engine, each once, in their order. */
export function allowedTrackers(urls: readonly string[], rules: TrackerRules): string[] {
  return [...new Set(urls.map((url) => url.trim()))].filter(
    (url) => trackerVerdict(url, rules) === 'allowed',
  );
}

/** The same for web seeds, which are http(s) only and never ask for a password of ours. */
export function allowedWebSeeds(urls: readonly string[], rules: TrackerRules): string[] {
  return [...new Set(urls.map((url) => url.trim()))].filter(
    (url) => verdict(url, rules, WEB_SEED_SCHEMES) === 'allowed',
  );
}

function verdict(url: string, rules: TrackerRules, schemes: ReadonlySet<string>): TrackerVerdict {
  const address = url.length <= 2048 ? parseAddress(url) : null;
  if (!address || address.credentials) return 'malformed';
  if (!schemes.has(address.scheme)) return 'scheme';
  if (address.scheme === 'udp' && address.port === null) return 'malformed';
  const host = hostVerdict(address.hostname);
  if (host === 'malformed') return 'malformed';
  if (!rules.allowPrivate && (host === 'private-address' || host === 'local-name')) return 'private-address';
  return rules.blocked.some((pattern) => matches(pattern.trim().toLowerCase(), url, address.hostname))
    ? 'blocked'
    : 'allowed';
}

function matches(pattern: string, url: string, hostname: string): boolean {
  if (pattern === '' || pattern.startsWith('#')) return false;
  if (pattern.includes('://')) return url.toLowerCase().startsWith(pattern);
  const wild = pattern.startsWith('*.');
  const host = wild ? pattern.slice(2) : pattern;
  return hostname === host || (wild && hostname.endsWith(`.${host}`));
}
