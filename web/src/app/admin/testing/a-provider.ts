import type { Provider, ProviderHealth } from '@hearth/contract/provider';

const health: ProviderHealth = {
  ...{ state: 'ready', message: null, restsUntil: null, successRate: null, medianMs: null, p95Ms: null },
  ...{ trust: 0.5, requests: 0, failures: 0, lastError: null, recent: [] },
};

/** A provider of which only the given things matter. */
export function aProvider(
  id: string,
  change: Partial<Omit<Provider, 'health'>> & { health?: Partial<ProviderHealth> } = {},
): Provider {
  return {
    ...{ id, key: `org.example.${id}`, name: id, version: '1.0.0', description: '', runtime: 'stremio' },
    ...{ capabilities: ['catalog'], types: ['movie'], catalogCount: 1, enabled: true, priority: 0 },
    ...{ logo: null, homepage: null, attribution: null, licences: [], p2p: false, adult: false },
    ...{ builtin: false, fields: [], hidden: false },
    ...change,
    health: { ...health, ...change.health },
  };
}
