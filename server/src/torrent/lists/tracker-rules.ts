export type TrackerVerdict = 'allowed' | 'malformed' | 'scheme' | 'private-address' | 'blocked';

export interface TrackerRules {
  /** Hosts (`tracker.example.org`, `*.example.org`), or beginnings of addresses. */
  readonly blocked: readonly string[];
  readonly allowPrivate: boolean;
}

/** Whether a tracker (or, with `http`/`https`, a web seed) may be given to the engine. Asks no name server. */
export function trackerVerdict(_url: string, _rules: TrackerRules): TrackerVerdict {
  return 'malformed';
}

/** Those that may be given to the engine, each once, in their order. */
export function allowedTrackers(urls: readonly string[], rules: TrackerRules): string[] {
  return urls.filter((url) => trackerVerdict(url, rules) === 'allowed');
}
