import type { ProviderConfig, ProviderManifest } from '@hearth/contract/provider-manifest';
import { providerConfig } from '@hearth/contract/provider-manifest';
import type { NewProvider } from '@hearth/contract/provider';
import { ProblemError } from '../../common/problem-error.js';
import type {
  Installation,
  ProviderOffer,
  ProviderRuntime,
  RecognisedProvider,
} from '../registry/provider-runtime.js';
import { manifestOf } from './stremio-manifest.js';
import { configPart, StremioProvider } from './stremio-provider.js';

/** Add-ons of Stremio's protocol; their address is that of the manifest without its last part. */
export class StremioRuntime implements ProviderRuntime {
  readonly name = 'stremio';

  recognise({ url, document, indexer }: ProviderOffer): Promise<RecognisedProvider | null> {
    const manifest = indexer ? null : manifestOf(document);
    if (!manifest) return Promise.resolve(null);
    if (!/\/manifest\.json$/.test(new URL(url).pathname))
      throw new ProblemError('PROVIDER_INVALID', {
        detail: 'The address of an add-on ends in manifest.json.',
      });
    if (manifest.hints.configurationRequired && manifest.config.length === 0)
      throw new ProblemError('PROVIDER_INVALID', {
        detail: 'It has to be set up on its own page first; take the address that it gives there.',
      });
    return Promise.resolve({ manifest, ...parted(url, manifest) });
  }

  open({ manifest, address }: Installation): StremioProvider {
    return new StremioProvider(manifest, address ?? '');
  }

  origin({ manifest, address, config }: Installation & { config: ProviderConfig }): NewProvider | null {
    return { url: `${address ?? ''}${configPart(manifest, config)}/manifest.json` };
  }
}

/** The address, and the settings in it where they are those that the manifest names. */
function parted(url: string, manifest: ProviderManifest): { address: string; config: ProviderConfig } {
  const { origin, pathname } = new URL(url);
  const base = origin + pathname.replace(/\/manifest\.json$/, '');
  const cut = base.lastIndexOf('/');
  const config = told(base.slice(cut + 1));
  const isKnown =
    config && Object.keys(config).every((name) => manifest.config.some((field) => field.name === name));
  if (!isKnown) return { address: base, config: {} };
  const toggles = manifest.config.filter(({ type }) => type === 'toggle').map(({ name }) => name);
  const numbers = manifest.config.filter(({ type }) => type === 'number').map(({ name }) => name);
  const values = Object.entries(config).map(([name, value]) => {
    if (toggles.includes(name)) return [name, value === 'checked' || value === true] as const;
    return [name, numbers.includes(name) ? Number(value) : value] as const;
  });
  return { address: base.slice(0, cut), config: Object.fromEntries(values) };
}

function told(part: string): ProviderConfig | undefined {
  try {
    return providerConfig.safeParse(JSON.parse(decodeURIComponent(part))).data;
  } catch {
    return undefined;
  }
}
