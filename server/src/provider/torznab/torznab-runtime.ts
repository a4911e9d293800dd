import type { NewProvider } from '@hearth/contract/provider';
import type { ProviderConfig } from '@hearth/contract/provider-manifest';
import { type ProviderCall, ProviderTrouble } from '../provider.js';
import type {
  Installation,
  ProviderOffer,
  ProviderRuntime,
  RecognisedProvider,
} from '../registry/provider-runtime.js';
import { askIndexer } from './torznab-answers.js';
import { readCaps, type TorznabCaps } from './torznab-caps.js';
import { manifestOf } from './torznab-manifest.js';
import { TorznabProvider } from './torznab-provider.js';

/** Indexers; their address is that of the API, without the key. */
export class TorznabRuntime implements ProviderRuntime {
  readonly name = 'torznab';

  async recognise({ url, indexer, fetch }: ProviderOffer): Promise<RecognisedProvider | null> {
    if (!indexer) return null;
    const given = new URL(url);
    const apiKey = indexer.apiKey || (given.searchParams.get('apikey') ?? '');
    const { address, caps } = await capsAt(addressesOf(given), apiKey, fetch);
    const manifest = manifestOf(caps, address, indexer.name);
    return { manifest, address, config: apiKey === '' ? {} : { apiKey } };
  }

  open({ manifest, address }: Installation): TorznabProvider {
    return new TorznabProvider(manifest, address ?? '');
  }

  origin({ manifest, address, config }: Installation & { config: ProviderConfig }): NewProvider | null {
    const apiKey = typeof config['apiKey'] === 'string' ? config['apiKey'] : '';
    return { runtime: 'torznab', url: address ?? '', apiKey, name: manifest.name };
  }
}

/** People copy the address with and without its last part. */
function addressesOf({ origin, pathname }: URL): string[] {
  const path = pathname.replace(/\/+$/, '');
  return path.endsWith('/api') ? [origin + path] : [`${origin}${path}/api`, origin + (path || '/')];
}

/** @throws FetchRefused, ProviderTrouble of the last one, where none of them answers */
async function capsAt(
  [address = '', ...others]: readonly string[],
  apikey: string,
  fetch: ProviderCall['fetch'],
): Promise<{ address: string; caps: TorznabCaps }> {
  try {
    const { name, root } = await askIndexer(fetch, address, { t: 'caps', apikey });
    const caps = readCaps(root);
    if (name === 'caps' && Object.keys(caps.functions).length > 0) return { address, caps };
    throw new ProviderTrouble('invalid', 'This is no Torznab indexer that can search.');
  } catch (error) {
    const isIndexer = error instanceof ProviderTrouble && error.code === 'failed';
    if (isIndexer || others.length === 0) throw error;
    return capsAt(others, apikey, fetch);
  }
}
